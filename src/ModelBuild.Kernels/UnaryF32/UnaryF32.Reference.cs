using System;

namespace ModelBuild.Kernels;

internal static partial class UnaryF32
{
    /// <summary>The definition, one value at a time.</summary>
    public static void Reference<TOperation>(ReadOnlySpan<float> x, Span<float> y, TOperation operation)
        where TOperation : struct, IUnaryF32
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = operation.Invoke(new ScalarF32(x[i])).Value;
        }
    }
}
