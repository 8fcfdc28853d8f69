using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>
/// Accumulators to floats when the input's scale and zero point are only known at run time, so that they cannot be folded into bias and scales: see
/// <see cref="Apply"/>. Scales are finite.
/// </summary>
internal readonly struct TileInt8DynamicOutput(float scale, int zeroPoint, float min, float max)
    : ITileInt8Output
{
    /// <summary>
    /// The definition: <c>clamp(fma(float(accumulator - zeroPoint * columnSum), scale * weightScale, bias), min, max)</c>; the integer part is exact, the
    /// product of the scales is rounded to float.
    /// </summary>
    public float Apply(int accumulator, int columnSum, float weightScale, float bias)
    {
        float sum = MathF.FusedMultiplyAdd(accumulator - (zeroPoint * columnSum), scale * weightScale, bias);
        return TileInt8FloatOutput.Clamp(sum, min, max);
    }

    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    public void StoreQuads512(in TileInt8Operands operands, nint index, nint stride, nint column, ref int sums, int pixels)
    {
        ref float target = ref Unsafe.Add(ref Unsafe.As<byte, float>(ref operands.Output), index);
        Vector512<int> offsets = Vector512.LoadUnsafe(ref operands.ColumnSums, (nuint)column) * Vector512.Create(zeroPoint);
        Vector512<float> factors = Vector512.LoadUnsafe(ref operands.Scales, (nuint)column) * Vector512.Create(scale);
        Vector512<float> bias = Vector512.LoadUnsafe(ref operands.Bias, (nuint)column);
        Vector512<float> bottom = Vector512.Create(min);
        Vector512<float> top = Vector512.Create(max);
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            Vector512<float> value = Vector512.ConvertToSingle(Vector512.LoadUnsafe(ref sums) - offsets);
            TileInt8FloatOutput.Clamp512(Vector512.FusedMultiplyAdd(value, factors, bias), bottom, top).StoreUnsafe(ref target);
            sums = ref Unsafe.Add(ref sums, 16);
            target = ref Unsafe.Add(ref target, stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(in TileInt8Operands operands, nint index, nint column, int count, Vector256<int> low, Vector256<int> high) =>
        PartialLanes.Store(
            ref Unsafe.Add(ref Unsafe.As<byte, float>(ref operands.Output), index), Finish(operands, column, low), Finish(operands, column + 8, high), count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(in TileInt8Operands operands, nint index, nint column, int count, Vector128<int> low, Vector128<int> high) =>
        PartialLanes.Store(
            ref Unsafe.Add(ref Unsafe.As<byte, float>(ref operands.Output), index), Finish(operands, column, low), Finish(operands, column + 4, high), count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<float> Finish(in TileInt8Operands operands, nint column, Vector256<int> sum)
    {
        Vector256<int> offset = Vector256.LoadUnsafe(ref operands.ColumnSums, (nuint)column) * Vector256.Create(zeroPoint);
        Vector256<float> factor = Vector256.LoadUnsafe(ref operands.Scales, (nuint)column) * Vector256.Create(scale);
        Vector256<float> value = Vector256.FusedMultiplyAdd(
            Vector256.ConvertToSingle(sum - offset), factor, Vector256.LoadUnsafe(ref operands.Bias, (nuint)column));
        return TileInt8FloatOutput.Clamp(value, min, max);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128<float> Finish(in TileInt8Operands operands, nint column, Vector128<int> sum)
    {
        Vector128<int> offset = Vector128.LoadUnsafe(ref operands.ColumnSums, (nuint)column) * Vector128.Create(zeroPoint);
        Vector128<float> factor = Vector128.LoadUnsafe(ref operands.Scales, (nuint)column) * Vector128.Create(scale);
        Vector128<float> value = Vector128.FusedMultiplyAdd(
            Vector128.ConvertToSingle(sum - offset), factor, Vector128.LoadUnsafe(ref operands.Bias, (nuint)column));
        return TileInt8FloatOutput.Clamp(value, min, max);
    }
}
