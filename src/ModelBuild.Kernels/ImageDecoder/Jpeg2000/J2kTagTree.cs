using System;

namespace ModelBuild.Kernels;

/// <summary>Numbers of a rectangle of leaves, coded by the least ones of ever larger parts (T.800, B.10.2).</summary>
internal sealed class J2kTagTree
{
    // The levels from the leaves to the root: where each begins, and how wide it is.
    private readonly int[] _starts = new int[32];
    private readonly int[] _widths = new int[32];
    private readonly int _levels;

    // What is known of each node: that it is not less, and whether it is that.
    private readonly int[] _least;
    private readonly bool[] _isKnown;

    public J2kTagTree(int width, int height)
    {
        int nodes = 0;
        do
        {
            (_starts[_levels], _widths[_levels]) = (nodes, width);
            nodes += width * height;
            _levels++;
            if (width * height <= 1)
            {
                break;
            }

            (width, height) = ((width + 1) / 2, (height + 1) / 2);
        }
        while (true);
        (_least, _isKnown) = (new int[nodes], new bool[nodes]);
    }

    /// <summary>Reads until a leaf is known or at least <paramref name="limit"/>; gives whether it is less.</summary>
    public bool IsLess(ref J2kBits bits, int x, int y, int limit)
    {
        int least = 0;
        int node = 0;
        for (int level = _levels - 1; level >= 0; level--)
        {
            node = _starts[level] + ((y >> level) * _widths[level]) + (x >> level);
            _least[node] = Math.Max(_least[node], least);
            while (!_isKnown[node] && _least[node] < limit)
            {
                if (bits.Bit() == 1)
                {
                    _isKnown[node] = true;
                }
                else
                {
                    _least[node]++;
                }
            }

            least = _least[node];
        }

        return _isKnown[node] && _least[node] < limit;
    }
}
