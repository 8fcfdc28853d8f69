using System;

namespace ModelBuild.Kernels;

/// <summary>The arithmetic decoder of JPEG 2000, called MQ (T.800, annex C), and the plain bits that can take its place (D.6). Behind the data it sees ones.</summary>
internal ref struct J2kArithmetic
{
    /// <summary>How many contexts there are.</summary>
    public const int Contexts = 19;

    private readonly ReadOnlySpan<byte> _bytes;

    // For each context its state times 2, plus the likelier bit.
    private readonly Span<byte> _states;
    private int _next;
    private uint _code;
    private uint _interval;
    private int _left;

    /// <param name="bytes">A segment of a code block.</param>
    /// <param name="states">[19]: what is known of the contexts.</param>
    /// <param name="isPlain">Whether it has plain bits.</param>
    public J2kArithmetic(ReadOnlySpan<byte> bytes, Span<byte> states, bool isPlain)
    {
        _bytes = bytes;
        _states = states;
        if (!isPlain)
        {
            _code = (uint)At(0) << 16;
            ByteIn();
            _code <<= 7;
            _left -= 7;
            _interval = 0x8000;
        }
    }

    // Table C.2.
    private static ReadOnlySpan<ushort> Estimates =>
    [
        0x5601, 0x3401, 0x1801, 0x0AC1, 0x0521, 0x0221, 0x5601, 0x5401, 0x4801, 0x3801, 0x3001, 0x2401, 0x1C01, 0x1601, 0x5601, 0x5401,
        0x5101, 0x4801, 0x3801, 0x3401, 0x3001, 0x2801, 0x2401, 0x2201, 0x1C01, 0x1801, 0x1601, 0x1401, 0x1201, 0x1101, 0x0AC1, 0x09C1,
        0x08A1, 0x0521, 0x0441, 0x02A1, 0x0221, 0x0141, 0x0111, 0x0085, 0x0049, 0x0025, 0x0015, 0x0009, 0x0005, 0x0001, 0x5601,
    ];

    private static ReadOnlySpan<byte> AfterLikely =>
    [
        1, 2, 3, 4, 5, 38, 7, 8, 9, 10, 11, 12, 13, 29, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32,
        33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 45, 46,
    ];

    private static ReadOnlySpan<byte> AfterUnlikely =>
    [
        1, 6, 9, 12, 29, 33, 6, 14, 14, 14, 17, 18, 20, 21, 14, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29,
        30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 46,
    ];

    /// <summary>How contexts begin: table D.7.</summary>
    public static void Reset(Span<byte> states)
    {
        states.Clear();
        (states[0], states[J2kBlockDecoder.RunContext], states[J2kBlockDecoder.EvenContext]) = (4 << 1, 3 << 1, 46 << 1);
    }

    /// <summary>The next bit.</summary>
    public int Bit(int context)
    {
        int state = _states[context] >> 1;
        int bit = _states[context] & 1;
        uint estimate = Estimates[state];
        _interval -= estimate;
        bool isUpper = _code >> 16 >= estimate;
        if (isUpper)
        {
            _code -= estimate << 16;
            if ((_interval & 0x8000) != 0)
            {
                return bit;
            }
        }

        // The parts of the interval change places where the one of the unlikely bit is the larger.
        bool isLikely = isUpper == (_interval >= estimate);
        _interval = isUpper ? _interval : estimate;
        int likely = bit;
        if (!isLikely)
        {
            // In three states the bits change places.
            bit ^= 1;
            likely ^= state is 0 or 6 or 14 ? 1 : 0;
        }

        _states[context] = (byte)(((isLikely ? AfterLikely : AfterUnlikely)[state] << 1) | likely);
        do
        {
            if (_left == 0)
            {
                ByteIn();
            }

            _interval <<= 1;
            _code <<= 1;
            _left--;
        }
        while ((_interval & 0x8000) == 0);
        return bit;
    }

    /// <summary>The next plain bit; after a byte of ones, the next one has 7.</summary>
    public int PlainBit()
    {
        if (_left == 0)
        {
            _left = _code == 0xFF ? 7 : 8;
            _code = (uint)At(_next);
            _next += _next < _bytes.Length ? 1 : 0;
        }

        _left--;
        return (int)(_code >> _left) & 1;
    }

    private readonly int At(int place) => place < _bytes.Length ? _bytes[place] : 0xFF;

    private void ByteIn()
    {
        if (At(_next) != 0xFF)
        {
            _next++;
            _code += (uint)At(_next) << 8;
            _left = 8;
        }
        else if (At(_next + 1) > 0x8F)
        {
            _code += 0xFF00;
            _left = 8;
        }
        else
        {
            _next++;
            _code += (uint)At(_next) << 9;
            _left = 7;
        }
    }
}
