using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>
/// ONNX TopK along the middle axis of <c>x[outer, axis, inner]</c>: the <c>count</c> largest or smallest values, best first, and where they stood. Of equal values the
/// first counts more; NaN counts as larger than any number. count is at most axis.
/// </summary>
internal static class TopK
{
    public static void Run<T>(ReadOnlySpan<T> x, Span<T> values, Span<long> indices, int outer, int axis, int inner, int count, bool largest)
        where T : struct, INumber<T>
    {
        for (int o = 0; o < outer; o++)
        {
            for (int lane = 0; lane < inner; lane++)
            {
                int kept = 0;
                for (int a = 0; a < axis; a++)
                {
                    T value = x[(((o * axis) + a) * inner) + lane];
                    int place = kept;
                    while (place > 0 && Precedes(value, values[At(o, place - 1, lane, count, inner)], largest))
                    {
                        place--;
                    }

                    if (place == count)
                    {
                        continue;
                    }

                    kept = Math.Min(kept + 1, count);
                    for (int i = kept - 1; i > place; i--)
                    {
                        values[At(o, i, lane, count, inner)] = values[At(o, i - 1, lane, count, inner)];
                        indices[At(o, i, lane, count, inner)] = indices[At(o, i - 1, lane, count, inner)];
                    }

                    values[At(o, place, lane, count, inner)] = value;
                    indices[At(o, place, lane, count, inner)] = a;
                }
            }
        }
    }

    private static int At(int outer, int place, int lane, int count, int inner) => (((outer * count) + place) * inner) + lane;

    private static bool Precedes<T>(T a, T b, bool largest)
        where T : struct, INumber<T> => largest ? b < a || (T.IsNaN(a) && !T.IsNaN(b)) : a < b || (T.IsNaN(b) && !T.IsNaN(a));
}
