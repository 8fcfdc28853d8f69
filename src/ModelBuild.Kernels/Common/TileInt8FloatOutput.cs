using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>Accumulators to floats: <see cref="Apply(int, float)"/> with one scale per output. Scales are finite, so that no NaN can arise.</summary>
internal readonly struct TileInt8FloatOutput(float min, float max) : ITileInt8Output
{
    /// <summary>The definition: <c>clamp(float(accumulator) * scale, min, max)</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Apply(int accumulator, float scale) => Clamp(accumulator * scale, min, max);

    /// <summary>The clamp of every layer with a float output: NaN stays, and so does a zero of the other sign than a zero bound.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Clamp(float value, float min, float max)
    {
        value = min > value ? min : value;
        return max < value ? max : value;
    }

    /// <summary><see cref="Clamp(float, float, float)"/>: MAXPS and MINPS return their second operand for equal operands and for NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Clamp(Vector256<float> value, float min, float max) =>
        Avx.Min(Vector256.Create(max), Avx.Max(Vector256.Create(min), value));

    /// <summary><see cref="Clamp(float, float, float)"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Clamp(Vector128<float> value, float min, float max)
    {
        value = Vector128.ConditionalSelect(Vector128.GreaterThan(Vector128.Create(min), value), Vector128.Create(min), value);
        return Vector128.ConditionalSelect(Vector128.LessThan(Vector128.Create(max), value), Vector128.Create(max), value);
    }

    /// <summary><see cref="Clamp(float, float, float)"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Clamp512(Vector512<float> value, Vector512<float> min, Vector512<float> max) => Avx512F.Min(max, Avx512F.Max(min, value));

    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    public void StoreQuads512(in TileInt8Operands operands, nint index, nint stride, nint column, ref int sums, int pixels)
    {
        ref float target = ref Unsafe.Add(ref Unsafe.As<byte, float>(ref operands.Output), index);
        Vector512<float> scales = Vector512.LoadUnsafe(ref operands.Scales, (nuint)column);
        Vector512<float> bottom = Vector512.Create(min);
        Vector512<float> top = Vector512.Create(max);
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            Clamp512(Vector512.ConvertToSingle(Vector512.LoadUnsafe(ref sums)) * scales, bottom, top).StoreUnsafe(ref target);
            sums = ref Unsafe.Add(ref sums, 16);
            target = ref Unsafe.Add(ref target, stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(in TileInt8Operands operands, nint index, nint column, int count, Vector256<int> low, Vector256<int> high)
    {
        ref float scales = ref Unsafe.Add(ref operands.Scales, column);
        Vector256<float> lowValue = Clamp(Vector256.ConvertToSingle(low) * Vector256.LoadUnsafe(ref scales), min, max);
        Vector256<float> highValue = Clamp(Vector256.ConvertToSingle(high) * Vector256.LoadUnsafe(ref scales, 8), min, max);
        PartialLanes.Store(ref Unsafe.Add(ref Unsafe.As<byte, float>(ref operands.Output), index), lowValue, highValue, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(in TileInt8Operands operands, nint index, nint column, int count, Vector128<int> low, Vector128<int> high)
    {
        ref float scales = ref Unsafe.Add(ref operands.Scales, column);
        Vector128<float> lowValue = Clamp(Vector128.ConvertToSingle(low) * Vector128.LoadUnsafe(ref scales), min, max);
        Vector128<float> highValue = Clamp(Vector128.ConvertToSingle(high) * Vector128.LoadUnsafe(ref scales, 4), min, max);
        PartialLanes.Store(ref Unsafe.Add(ref Unsafe.As<byte, float>(ref operands.Output), index), lowValue, highValue, count);
    }
}
