using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels.Tests;

/// <summary><see cref="TileInt8Vnni"/> without the instruction: <c>vpdpbusd</c> by its definition, so that the loops over bytes are tested on every CPU.</summary>
internal readonly struct EmulatedVnni : ITileInt8Isa<Vector256<int>, Vector256<byte>>, ITileInt8Tile<Vector256<int>, Vector256<byte>>
{
    public static int InputBytes => TileInt8Vnni.InputBytes;

    public static int StepBytes => TileInt8Vnni.StepBytes;

    public static int Lanes => TileInt8Vnni.Lanes;

    public static int Rows => TileInt8Vnni.Rows;

    public static bool FinishesQuads => false;

    public static Vector256<int> Load(ref int source) => TileInt8Vnni.Load(ref source);

    public static void Store(Vector256<int> sum, ref int target) => TileInt8Vnni.Store(sum, ref target);

    public static Vector256<int> Max(Vector256<int> a, Vector256<int> b) => TileInt8Vnni.Max(a, b);

    public static Vector256<byte> LoadWeights(ref sbyte weights) => TileInt8Vnni.LoadWeights(ref weights);

    public static void LoadWeights(ref sbyte weights, out Vector256<byte> low, out Vector256<byte> high) =>
        (low, high) = (LoadWeights(ref weights), LoadWeights(ref Unsafe.Add(ref weights, Lanes * TileInt8Layout.GroupInputs)));

    public static Vector256<byte> LoadInputs(ref byte inputs) => TileInt8Vnni.LoadInputs(ref inputs);

    public static Vector256<byte> Broadcast(int inputs) => TileInt8Vnni.Broadcast(inputs);

    public static Vector256<byte> LoadStep(ref byte inputs) => Broadcast(Unsafe.ReadUnaligned<int>(ref inputs));

    public static Vector256<int> Add(Vector256<int> a, Vector256<int> b) => TileInt8Vnni.Add(a, b);

    public static Vector256<int> Dot(Vector256<int> sum, Vector256<byte> inputs, Vector256<byte> weights)
    {
        var result = sum;
        for (var lane = 0; lane < Lanes; lane++)
        {
            var products = 0;
            for (var i = 4 * lane; i < 4 * (lane + 1); i++)
            {
                products += inputs[i] * (sbyte)weights[i];
            }

            result = result.WithElement(lane, sum[lane] + products);
        }

        return result;
    }
}
