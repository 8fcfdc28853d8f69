using System;

namespace ModelBuild.Kernels;

/// <summary>
/// <c>y[i] = operation(x[i])</c> for element types and results other than float, where speed rarely matters; <see cref="UnaryF32"/> is the fast one. <c>y</c>
/// decides the length, and may be the same span as <c>x</c> where the types agree.
/// </summary>
internal static class Unary
{
    public static void Run<T, TResult, TOperation>(ReadOnlySpan<T> x, Span<TResult> y, TOperation operation)
        where TOperation : struct, IUnary<T, TResult>
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = operation.Invoke(x[i]);
        }
    }
}
