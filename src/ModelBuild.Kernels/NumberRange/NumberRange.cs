using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>ONNX Range, under a name that System does not have: <c>y[i] = start + i * delta</c>, each computed by itself, so that rounding does not accumulate; y decides how many.</summary>
internal static class NumberRange
{
    public static void Run<T>(Span<T> y, T start, T delta)
        where T : struct, INumber<T>
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = start + (T.CreateTruncating(i) * delta);
        }
    }
}
