using System;

namespace ModelBuild.Kernels;

/// <summary>
/// Decodes the coefficients of code blocks, bit plane by bit plane in three passes each (T.800, annex D). A coefficient has one bit behind the point, and lies in the middle of what is known of it.
/// </summary>
internal sealed class J2kBlockDecoder(int style)
{
    /// <summary>The context of columns of four zeros.</summary>
    public const int RunContext = 17;

    /// <summary>The context of bits that are as likely to be 0 as 1.</summary>
    public const int EvenContext = 18;

    private const int SignContext = 9;
    private const int RefineContext = 14;

    // What is known of a coefficient.
    private const byte Significant = 1;
    private const byte Negative = 2;
    private const byte Visited = 4;
    private const byte Refined = 8;

    private readonly byte[] _states = new byte[J2kArithmetic.Contexts];

    // With a border of one all around.
    private byte[] _flags = [];
    private int[] _values = [];
    private int _width;
    private int _height;
    private int _stride;

    // The kind of band: 0 for low frequencies or high ones down, 1 for high ones across, 2 for both.
    private int _kind;

    /// <summary>[height, width] of a block: twice its coefficients.</summary>
    public ReadOnlySpan<int> Decode(J2kBlock block, J2kBand band)
    {
        (_width, _height, _stride) = (block.Area.Width, block.Area.Height, block.Area.Width + 2);
        _kind = band.OffsetX == 0 ? 0 : band.OffsetY == 0 ? 1 : 2;
        Array.Resize(ref _flags, Math.Max(_flags.Length, _stride * (_height + 2)));
        Array.Resize(ref _values, Math.Max(_values.Length, _width * _height));
        _flags.AsSpan().Clear();
        _values.AsSpan().Clear();
        J2kArithmetic.Reset(_states);
        int planes = band.Planes - block.ZeroPlanes;
        if (planes is < 0 or > 30 || (planes == 0 && block.TotalPasses > 0) || block.TotalPasses > (3 * planes) - 2)
        {
            throw new FormatException($"A JPEG 2000 block of {planes} bit planes with {block.TotalPasses} passes cannot be decoded.");
        }

        // The first plane has the last of the three passes alone.
        (int plane, int pass) = (planes, 2);
        for (int segment = 0; segment < block.Segments; segment++)
        {
            bool isPlain = (style & J2kCoding.Bypass) != 0 && plane <= planes - 4 && pass < 2;
            J2kArithmetic bits = new(block.SegmentBytes(segment), _states, isPlain);
            for (int i = 0; i < block.SegmentPasses(segment); i++)
            {
                Pass(ref bits, pass, plane, isPlain);
                pass++;
                if (pass == 3)
                {
                    (plane, pass) = (plane - 1, 0);
                }
            }
        }

        return _values.AsSpan(0, _width * _height);
    }

    private void Pass(ref J2kArithmetic bits, int pass, int plane, bool isPlain)
    {
        for (int top = 0; top < _height; top += 4)
        {
            int rows = Math.Min(4, _height - top);
            for (int x = 0; x < _width; x++)
            {
                switch (pass)
                {
                    case 0:
                        Propagate(ref bits, x, top, rows, plane, isPlain);
                        break;
                    case 1:
                        Refine(ref bits, x, top, rows, plane, isPlain);
                        break;
                    default:
                        CleanUp(ref bits, x, top, rows, plane);
                        break;
                }
            }
        }

        if (pass == 2 && (style & J2kCoding.SegmentSymbols) != 0)
        {
            // Four bits that tell errors.
            for (int i = 0; i < 4; i++)
            {
                bits.Bit(EvenContext);
            }
        }

        if ((style & J2kCoding.Reset) != 0)
        {
            J2kArithmetic.Reset(_states);
        }
    }

    // Coefficients that are zero so far and have neighbours that are not.
    private void Propagate(ref J2kArithmetic bits, int x, int top, int rows, int plane, bool isPlain)
    {
        for (int y = top; y < top + rows; y++)
        {
            ref byte flags = ref _flags[At(x, y)];
            int context = (flags & Significant) == 0 ? ZeroContext(x, y) : 0;
            if (context == 0)
            {
                continue;
            }

            if ((isPlain ? bits.PlainBit() : bits.Bit(context)) == 1)
            {
                Begin(ref bits, x, y, plane, isPlain);
            }

            flags |= Visited;
        }
    }

    // Coefficients that are not zero since an earlier plane.
    private void Refine(ref J2kArithmetic bits, int x, int top, int rows, int plane, bool isPlain)
    {
        int half = 1 << (plane - 1);
        for (int y = top; y < top + rows; y++)
        {
            ref byte flags = ref _flags[At(x, y)];
            if ((flags & (Significant | Visited)) != Significant)
            {
                continue;
            }

            int context = (flags & Refined) != 0 ? RefineContext + 2 : ZeroContext(x, y) == 0 ? RefineContext : RefineContext + 1;
            bool isSet = (isPlain ? bits.PlainBit() : bits.Bit(context)) == 1;
            _values[(y * _width) + x] += isSet == ((flags & Negative) == 0) ? half : -half;
            flags |= Refined;
        }
    }

    // All others.
    private void CleanUp(ref J2kArithmetic bits, int x, int top, int rows, int plane)
    {
        int y = top;
        if (rows == 4 && IsQuiet(x, top))
        {
            if (bits.Bit(RunContext) == 0)
            {
                return;
            }

            y += (bits.Bit(EvenContext) << 1) | bits.Bit(EvenContext);
            Begin(ref bits, x, y, plane, isPlain: false);
            y++;
        }

        for (; y < top + rows; y++)
        {
            if ((_flags[At(x, y)] & (Significant | Visited)) == 0 && bits.Bit(ZeroContext(x, y)) == 1)
            {
                Begin(ref bits, x, y, plane, isPlain: false);
            }
        }

        for (y = top; y < top + rows; y++)
        {
            _flags[At(x, y)] &= unchecked((byte)~Visited);
        }
    }

    // Whether four coefficients and all their neighbours are zero.
    private bool IsQuiet(int x, int top)
    {
        for (int y = top; y < top + 4; y++)
        {
            if ((_flags[At(x, y)] & (Significant | Visited)) != 0 || ZeroContext(x, y) != 0)
            {
                return false;
            }
        }

        return true;
    }

    // A coefficient that is not zero any more gets its sign.
    private void Begin(ref J2kArithmetic bits, int x, int y, int plane, bool isPlain)
    {
        bool isNegative;
        if (isPlain)
        {
            isNegative = bits.PlainBit() == 1;
        }
        else
        {
            int at = At(x, y);
            int across = Math.Clamp(Sign(at - 1) + Sign(at + 1), -1, 1);
            int down = Math.Clamp(Sign(at - _stride) + (HasBelow(y) ? Sign(at + _stride) : 0), -1, 1);

            // Table D.3: where both signs are the other ones, the bit is too.
            int combined = (3 * across) + down;
            isNegative = (bits.Bit(SignContext + Math.Abs(combined)) == 1) != combined < 0;
        }

        int value = 3 << (plane - 1);
        _values[(y * _width) + x] = isNegative ? -value : value;
        _flags[At(x, y)] |= isNegative ? (byte)(Significant | Negative) : Significant;
    }

    private int Sign(int at) => (_flags[at] & Significant) == 0 ? 0 : (_flags[at] & Negative) == 0 ? 1 : -1;

    private int Is(int at) => _flags[at] & Significant;

    private int At(int x, int y) => ((y + 1) * _stride) + x + 1;

    // Causal contexts know nothing of the next four rows.
    private bool HasBelow(int y) => (style & J2kCoding.Causal) == 0 || (y & 3) != 3;

    // Table D.1: by how many neighbours across, down and diagonally are not zero; 0 for none.
    private int ZeroContext(int x, int y)
    {
        int at = At(x, y);
        int across = Is(at - 1) + Is(at + 1);
        int down = Is(at - _stride);
        int diagonal = Is(at - _stride - 1) + Is(at - _stride + 1);
        if (HasBelow(y))
        {
            down += Is(at + _stride);
            diagonal += Is(at + _stride - 1) + Is(at + _stride + 1);
        }

        if (_kind == 2)
        {
            int straight = Math.Min(2, across + down);
            return diagonal >= 3 ? 8 : diagonal == 2 ? (straight > 0 ? 7 : 6) : diagonal == 1 ? 3 + straight : straight;
        }

        if (_kind == 1)
        {
            (across, down) = (down, across);
        }

        return across == 2 ? 8
            : across == 1 ? (down > 0 ? 7 : diagonal > 0 ? 6 : 5)
            : down > 0 ? 2 + down : Math.Min(2, diagonal);
    }
}
