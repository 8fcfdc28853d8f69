using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>Accumulators to bytes: <see cref="Requantize"/> with one scale per output.</summary>
internal readonly struct TileInt8RequantizeOutput(Requantize requantize) : ITileInt8Output<Vector256<int>>, ITileInt8Output<Vector128<int>>
{
    private readonly RoundU8Bounds bounds = new(requantize.ZeroPoint, requantize.Min, requantize.Max);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(in TileInt8Operands operands, nint index, nint column, int count, Vector256<int> low, Vector256<int> high) =>
        PartialLanes.Store(ref Unsafe.Add(ref operands.Output, index), Apply(ref Unsafe.Add(ref operands.Scales, column), low, high), count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(in TileInt8Operands operands, nint index, nint column, int count, Vector128<int> low, Vector128<int> high) =>
        PartialLanes.Store(ref Unsafe.Add(ref operands.Output, index), Apply(ref Unsafe.Add(ref operands.Scales, column), low, high), int.Min(count, 8));

    /// <summary>Sixteen bytes of the sixteen scales at <paramref name="scales"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<byte> Apply(ref float scales, Vector256<int> low, Vector256<int> high)
    {
        Vector256<float> lowValue = Vector256.ConvertToSingle(low) * Vector256.LoadUnsafe(ref scales);
        Vector256<float> highValue = Vector256.ConvertToSingle(high) * Vector256.LoadUnsafe(ref scales, 8);
        return RoundU8.Pack(lowValue, highValue, bounds);
    }

    /// <summary>Eight bytes, in the low half, of the eight scales at <paramref name="scales"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<byte> Apply(ref float scales, Vector128<int> low, Vector128<int> high)
    {
        Vector128<float> lowValue = Vector128.ConvertToSingle(low) * Vector128.LoadUnsafe(ref scales);
        Vector128<float> highValue = Vector128.ConvertToSingle(high) * Vector128.LoadUnsafe(ref scales, 4);
        return RoundU8.Pack(lowValue, highValue, requantize.ZeroPoint, requantize.Min, requantize.Max);
    }
}
