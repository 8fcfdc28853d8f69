using System;

namespace ModelBuild.Kernels;

/// <summary>Dynamic time warping: the cheapest way through a matrix of costs, from its first element to its last, by steps down, to the right or both. Sakoe and Chiba, 1978.</summary>
internal static class TimeWarp
{
    /// <summary>Finds the way.</summary>
    /// <param name="costs">[rows, columns].</param>
    /// <param name="sums">[columns + 1], scratch.</param>
    /// <param name="steps">[rows, columns], scratch.</param>
    /// <param name="path">[2, rows + columns]: the rows, then the columns, of the steps, each at the end of its half.</param>
    /// <param name="length">[1]: how many steps there are.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    public static void Run(ReadOnlySpan<float> costs, Span<float> sums, Span<byte> steps, Span<int> path, Span<long> length, int rows, int columns)
    {
        sums[..(columns + 1)].Fill(float.PositiveInfinity);
        sums[0] = 0;
        for (int i = 0; i < rows; i++)
        {
            // The sum of the row above and the column before.
            float both = sums[0];
            sums[0] = float.PositiveInfinity;
            for (int j = 0; j < columns; j++)
            {
                float above = sums[j + 1], before = sums[j];
                byte step = both < above && both < before ? (byte)0 : above < both && above < before ? (byte)1 : (byte)2;
                steps[(i * columns) + j] = step;
                sums[j + 1] = costs[(i * columns) + j] + (step == 0 ? both : step == 1 ? above : before);
                both = above;
            }
        }

        int most = rows + columns, count = 0;
        for (int i = rows, j = columns; i > 0 || j > 0; count++)
        {
            path[most - 1 - count] = i - 1;
            path[(2 * most) - 1 - count] = j - 1;
            int step = i == 0 ? 2 : j == 0 ? 1 : steps[((i - 1) * columns) + j - 1];
            i -= step == 2 ? 0 : 1;
            j -= step == 1 ? 0 : 1;
        }

        length[0] = count;
    }
}
