using System;

namespace ModelBuild.Kernels;

/// <summary>Smooths the edges of a macroblock and of the blocks within (RFC 6386, section 15).</summary>
internal static class Vp8LoopFilter
{
    /// <summary>Filters the left edge, the inner ones, the upper edge and the inner ones.</summary>
    public static void Run(Vp8Plane y, Vp8Plane u, Vp8Plane v, int column, int row, in Vp8Strength strength, bool isSimple)
    {
        for (int direction = 0; direction < 2; direction++)
        {
            bool isAcross = direction == 0;
            bool hasOuter = isAcross ? column > 0 : row > 0;
            for (int edge = hasOuter ? 0 : 4; edge < (strength.IsInner ? 16 : 1); edge += 4)
            {
                Edge(y, column * 16, row * 16, 16, edge, isAcross, in strength, isSimple);
                if (!isSimple && edge <= 4)
                {
                    Edge(u, column * 8, row * 8, 8, edge, isAcross, in strength, isSimple: false);
                    Edge(v, column * 8, row * 8, 8, edge, isAcross, in strength, isSimple: false);
                }
            }
        }
    }

    private static void Edge(Vp8Plane plane, int x, int y, int length, int offset, bool isAcross, in Vp8Strength strength, bool isSimple)
    {
        (int step, int along) = isAcross ? (1, plane.Stride) : (plane.Stride, 1);
        int at = plane.At(x, y) + (offset * step);
        int level = strength.Level + (offset == 0 ? 4 : 0);
        byte[] s = plane.Samples;
        for (int i = 0; i < length; i++, at += along)
        {
            (int p1, int p0, int q0, int q1) = (s[at - (2 * step)], s[at - step], s[at], s[at + step]);
            if ((Math.Abs(p0 - q0) * 2) + (Math.Abs(p1 - q1) >> 1) > level)
            {
                continue;
            }

            if (isSimple)
            {
                Narrow(s, at, step, p1, p0, q0, q1);
                continue;
            }

            (int p3, int p2, int q2, int q3) = (s[at - (4 * step)], s[at - (3 * step)], s[at + (2 * step)], s[at + (3 * step)]);
            int most = Math.Max(Math.Max(Math.Abs(p3 - p2), Math.Abs(p2 - p1)), Math.Max(Math.Abs(q3 - q2), Math.Abs(q2 - q1)));
            int next = Math.Max(Math.Abs(p1 - p0), Math.Abs(q1 - q0));
            if (Math.Max(most, next) > strength.Inner)
            {
                continue;
            }

            if (next > strength.High)
            {
                Narrow(s, at, step, p1, p0, q0, q1);
            }
            else if (offset != 0)
            {
                int a = 3 * (q0 - p0);
                int down = Math.Clamp((a + 4) >> 3, -16, 15);
                int half = (down + 1) >> 1;
                (s[at - (2 * step)], s[at - step]) = (Limit(p1 + half), Limit(p0 + Math.Clamp((a + 3) >> 3, -16, 15)));
                (s[at], s[at + step]) = (Limit(q0 - down), Limit(q1 - half));
            }
            else
            {
                int a = Math.Clamp((3 * (q0 - p0)) + Math.Clamp(p1 - q1, -128, 127), -128, 127);
                (int a1, int a2, int a3) = (((27 * a) + 63) >> 7, ((18 * a) + 63) >> 7, ((9 * a) + 63) >> 7);
                (s[at - (3 * step)], s[at - (2 * step)], s[at - step]) = (Limit(p2 + a3), Limit(p1 + a2), Limit(p0 + a1));
                (s[at], s[at + step], s[at + (2 * step)]) = (Limit(q0 - a1), Limit(q1 - a2), Limit(q2 - a3));
            }
        }
    }

    private static void Narrow(byte[] s, int at, int step, int p1, int p0, int q0, int q1)
    {
        int a = (3 * (q0 - p0)) + Math.Clamp(p1 - q1, -128, 127);
        s[at - step] = Limit(p0 + Math.Clamp((a + 3) >> 3, -16, 15));
        s[at] = Limit(q0 - Math.Clamp((a + 4) >> 3, -16, 15));
    }

    private static byte Limit(int sample) => (byte)Math.Clamp(sample, 0, 255);
}
