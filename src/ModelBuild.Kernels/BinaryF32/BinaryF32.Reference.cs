using System;

namespace ModelBuild.Kernels;

internal static partial class BinaryF32
{
    /// <summary>The definition, one value at a time, by operand strides of 1 (or 0, for an operand of one value).</summary>
    public static void Reference<TOperation>(ReadOnlySpan<float> a, int aStride, ReadOnlySpan<float> b, int bStride, Span<float> y, TOperation operation)
        where TOperation : struct, IBinaryF32 => StridedRow(a, aStride, b, bStride, y, operation);

    private static void StridedRow<TOperation>(
        ReadOnlySpan<float> a, int aStride, ReadOnlySpan<float> b, int bStride, Span<float> y, TOperation operation)
        where TOperation : struct, IBinaryF32
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = operation.Invoke(new ScalarF32(a[i * aStride]), new ScalarF32(b[i * bStride])).Value;
        }
    }
}
