using System;
using System.Numerics;

namespace ModelBuild.Kernels;

internal static partial class ResizeAxis
{
    /// <summary>The definition, one value at a time.</summary>
    public static void Reference<T>(ReadOnlySpan<T> x, ReadOnlySpan<float> scales, ReadOnlySpan<float> roi, Span<T> y, int outer, int length, int inner, int outputs, int axis, in ResizeFilter filter)
        where T : unmanaged, INumber<T>
    {
        double scale = scales[axis];
        double begin = roi.IsEmpty ? 0 : roi[axis];
        double end = roi.IsEmpty ? 1 : roi[axis + (roi.Length / 2)];
        for (int o = 0; o < outputs; o++)
        {
            double position = filter.Position(o, scale, length, outputs, begin, end);
            if (filter.IsOutside(position, length))
            {
                for (int n = 0; n < outer; n++)
                {
                    y.Slice(((n * outputs) + o) * inner, inner).Fill(T.CreateSaturating(filter.Extrapolation));
                }

                continue;
            }

            if (filter.Mode == ResizeFilter.Nearest)
            {
                int from = Math.Clamp(filter.NearestTo(position), 0, length - 1);
                for (int n = 0; n < outer; n++)
                {
                    x.Slice(((n * length) + from) * inner, inner).CopyTo(y[(((n * outputs) + o) * inner)..]);
                }

                continue;
            }

            double narrow = filter.IsAntialiased ? Math.Min(scale, 1) : 1;
            int first = (int)Math.Floor(position - (filter.Reach / narrow)) + 1;
            int last = (int)Math.Ceiling(position + (filter.Reach / narrow)) - 1;
            double total = 0;
            for (int p = first; p <= last; p++)
            {
                total += filter.Excludes(p, length) ? 0 : filter.Weight((p - position) * narrow);
            }

            total = filter.IsAntialiased || filter.ExcludesOutside ? total : 1;
            for (int n = 0; n < outer; n++)
            {
                Span<T> row = y.Slice(((n * outputs) + o) * inner, inner);
                for (int i = 0; i < inner; i++)
                {
                    float sum = 0;
                    for (int p = first; p <= last; p++)
                    {
                        float weight = (float)(filter.Excludes(p, length) ? 0 : filter.Weight((p - position) * narrow) / total);
                        sum += weight * float.CreateSaturating(x[(((n * length) + Math.Clamp(p, 0, length - 1)) * inner) + i]);
                    }

                    row[i] = T.CreateSaturating(sum);
                }
            }
        }
    }
}
