using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>256-bit <c>vpdpbusd</c>: unsigned times signed bytes, four products a lane, without intermediate saturation. Twelve accumulators fill its pipeline.</summary>
internal readonly struct TileInt8Vnni : ITileInt8Isa<Vector256<int>, Vector256<byte>>, ITileInt8Tile<Vector256<int>, Vector256<byte>>
{
    public static int InputBytes => sizeof(byte);

    public static int StepBytes => TileInt8Layout.StepBytes;

    public static int Lanes => 8;

    public static int Rows => 6;

    public static bool FinishesQuads => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load(ref int source) => Vector256.LoadUnsafe(ref source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<int> sum, ref int target) => sum.StoreUnsafe(ref target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Max(Vector256<int> a, Vector256<int> b) => Vector256.Max(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> LoadWeights(ref sbyte weights) => Vector256.LoadUnsafe(ref weights).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadWeights(ref sbyte weights, out Vector256<byte> low, out Vector256<byte> high)
    {
        low = LoadWeights(ref weights);
        high = LoadWeights(ref Unsafe.Add(ref weights, Lanes * TileInt8Layout.GroupInputs));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> LoadInputs(ref byte inputs) => Vector256.LoadUnsafe(ref inputs);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Broadcast(int inputs) => Vector256.Create(inputs).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> LoadStep(ref byte inputs) => Broadcast(Unsafe.ReadUnaligned<int>(ref inputs));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Dot(Vector256<int> sum, Vector256<byte> inputs, Vector256<byte> weights) =>
        AvxVnni.MultiplyWideningAndAdd(sum, inputs, weights.AsSByte());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add(Vector256<int> a, Vector256<int> b) => a + b;
}
