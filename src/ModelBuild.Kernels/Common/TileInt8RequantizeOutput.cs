using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>Accumulators to bytes: <see cref="Requantize"/> with one scale per output.</summary>
internal readonly struct TileInt8RequantizeOutput(Requantize requantize) : ITileInt8Output
{
    private readonly RoundU8Bounds bounds = new(requantize.ZeroPoint, requantize.Min, requantize.Max);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(in TileInt8Operands operands, nint index, nint column, int count, Vector256<int> low, Vector256<int> high) =>
        PartialLanes.Store(ref Unsafe.Add(ref operands.Output, index), Apply(ref Unsafe.Add(ref operands.Scales, column), low, high), count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(in TileInt8Operands operands, nint index, nint column, int count, Vector128<int> low, Vector128<int> high) =>
        PartialLanes.Store(ref Unsafe.Add(ref operands.Output, index), Apply(ref Unsafe.Add(ref operands.Scales, column), low, high), int.Min(count, 8));

    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    public void StoreQuads512(in TileInt8Operands operands, nint index, nint stride, nint column, ref int sums, int pixels)
    {
        ref byte target = ref Unsafe.Add(ref operands.Output, index);
        Vector512<float> scales = Vector512.LoadUnsafe(ref operands.Scales, (nuint)column);
        QuadBytes512 bytes = new(requantize.ZeroPoint, requantize.Min, requantize.Max);
        for (int pixel = 0; pixel < pixels; pixel += 4)
        {
            Vector512<float> value0 = Vector512.ConvertToSingle(Vector512.LoadUnsafe(ref sums)) * scales;
            Vector512<float> value1 = Vector512.ConvertToSingle(Vector512.LoadUnsafe(ref sums, 16)) * scales;
            Vector512<float> value2 = Vector512.ConvertToSingle(Vector512.LoadUnsafe(ref sums, 32)) * scales;
            Vector512<float> value3 = Vector512.ConvertToSingle(Vector512.LoadUnsafe(ref sums, 48)) * scales;
            QuadBytes512.Store(bytes.Pack(value0, value1, value2, value3), ref target, stride);
            sums = ref Unsafe.Add(ref sums, 64);
            target = ref Unsafe.Add(ref target, 4 * stride);
        }
    }

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
