using System;

namespace ModelBuild.Kernels;

/// <summary>
/// Reduces the middle axis of element types other than float, where speed rarely matters: <c>x[outer, axis, inner]</c> becomes <c>y[outer, inner]</c>, each taking
/// its values in order, beginning with <c>start</c>: <c>y = operation(...operation(operation(start, x0), x1)..., xn)</c>. y may not overlap x.
/// </summary>
internal static class Reduce
{
    public static void Run<T, TOperation>(ReadOnlySpan<T> x, Span<T> y, int outer, int axis, int inner, T start, TOperation operation)
        where TOperation : struct, IBinary<T, T>
    {
        for (int o = 0; o < outer; o++)
        {
            for (int lane = 0; lane < inner; lane++)
            {
                T result = start;
                for (int a = 0; a < axis; a++)
                {
                    result = operation.Invoke(result, x[(((o * axis) + a) * inner) + lane]);
                }

                y[(o * inner) + lane] = result;
            }
        }
    }
}
