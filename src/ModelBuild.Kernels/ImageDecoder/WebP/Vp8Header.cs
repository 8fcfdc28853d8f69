using System;

namespace ModelBuild.Kernels;

/// <summary>The header of a VP8 key frame (RFC 6386, section 9).</summary>
internal sealed class Vp8Header
{
    private readonly int[] _quantizers = new int[4];
    private readonly int[] _levels = new int[4];
    private bool _hasSegments;
    private bool _isRelative;

    private Vp8Header(Vp8Bits bits, int width, int height) => (Bits, Width, Height) = (bits, width, height);

    /// <summary>The first partition, at the modes of the first macroblock.</summary>
    public Vp8Bits Bits { get; }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Whether each macroblock says what segment it is in.</summary>
    public bool HasSegmentMap { get; private set; }

    public byte[] SegmentProbabilities { get; } = [255, 255, 255];

    public Vp8Segment[] Segments { get; } = new Vp8Segment[4];

    public bool IsSimpleFilter { get; private set; }

    public int FilterLevel { get; private set; }

    public int Sharpness { get; private set; }

    /// <summary>What is added to the level of the filter, and what besides where blocks of 4x4 are predicted one by one.</summary>
    public (int Frame, int Blocks) LevelChanges { get; private set; }

    /// <summary>[4, 8, 3, 11]: the probabilities of coefficients.</summary>
    public byte[] Coefficients { get; } = Vp8Tables.Coefficients.ToArray();

    /// <summary>The probability that a macroblock has coefficients; -1 where none says that it has not.</summary>
    public int SkipProbability { get; private set; } = -1;

    /// <summary>The partitions of coefficients; rows of macroblocks take them in turn.</summary>
    public Vp8Bits[] Partitions { get; private set; } = [];

    /// <summary>Reads the header.</summary>
    public static Vp8Header Read(ReadOnlySpan<byte> stream)
    {
        ImageBytes bytes = new(stream, isBigEndian: false);
        int tag = bytes.U24();
        if ((tag & 1) != 0 || bytes.U24() != 0x2A019D)
        {
            throw new FormatException("The WebP image has no key frame.");
        }

        (int width, int height) = (bytes.U16() & 0x3FFF, bytes.U16() & 0x3FFF);
        Raster.Check(width, height);
        Vp8Header header = new(new Vp8Bits(bytes.Take(tag >> 5)), width, height);
        header.ReadFields(bytes.TakeRest());
        return header;
    }

    private void ReadFields(ReadOnlySpan<byte> rest)
    {
        // Colour space and clamping, which say nothing that decoders heed.
        Bits.Number(2);
        ReadSegments();
        IsSimpleFilter = Bits.Flag();
        (FilterLevel, Sharpness) = (Bits.Number(6), Bits.Number(3));
        if (Bits.Flag() && Bits.Flag())
        {
            Span<int> changes = stackalloc int[8];
            for (int i = 0; i < 8; i++)
            {
                changes[i] = Bits.OptionalSigned(6);
            }

            LevelChanges = (changes[0], changes[4]);
        }

        ReadPartitions(rest);
        ReadQuantizers();

        // Whether later frames use the probabilities.
        Bits.Flag();
        for (int i = 0; i < Coefficients.Length; i++)
        {
            if (Bits.Bit(Vp8Tables.CoefficientUpdates[i]))
            {
                Coefficients[i] = (byte)Bits.Number(8);
            }
        }

        SkipProbability = Bits.Flag() ? Bits.Number(8) : -1;
    }

    private void ReadSegments()
    {
        _hasSegments = Bits.Flag();
        if (!_hasSegments)
        {
            return;
        }

        HasSegmentMap = Bits.Flag();
        if (Bits.Flag())
        {
            _isRelative = !Bits.Flag();
            for (int i = 0; i < 4; i++)
            {
                _quantizers[i] = Bits.OptionalSigned(7);
            }

            for (int i = 0; i < 4; i++)
            {
                _levels[i] = Bits.OptionalSigned(6);
            }
        }

        for (int i = 0; i < 3 && HasSegmentMap; i++)
        {
            SegmentProbabilities[i] = (byte)(Bits.Flag() ? Bits.Number(8) : 255);
        }
    }

    private void ReadPartitions(ReadOnlySpan<byte> rest)
    {
        int count = 1 << Bits.Number(2);
        Partitions = new Vp8Bits[count];
        ImageBytes lengths = new(rest, isBigEndian: false);
        ImageBytes data = new(rest, isBigEndian: false);
        data.Skip(3 * (count - 1));
        for (int i = 0; i < count; i++)
        {
            Partitions[i] = new Vp8Bits(i == count - 1 ? data.TakeRest() : data.Take(lengths.U24()));
        }
    }

    private void ReadQuantizers()
    {
        int common = Bits.Number(7);
        (int y1Dc, int y2Dc, int y2Ac) = (Bits.OptionalSigned(4), Bits.OptionalSigned(4), Bits.OptionalSigned(4));
        (int uvDc, int uvAc) = (Bits.OptionalSigned(4), Bits.OptionalSigned(4));
        for (int i = 0; i < 4; i++)
        {
            int q = !_hasSegments ? common : _quantizers[i] + (_isRelative ? common : 0);
            Segments[i] = new Vp8Segment(
                Dc(q + y1Dc), Ac(q), Dc(q + y2Dc) * 2, Math.Max(8, Ac(q + y2Ac) * 155 / 100), Math.Min(132, Dc(q + uvDc)), Ac(q + uvAc),
                !_hasSegments ? FilterLevel : _levels[i] + (_isRelative ? FilterLevel : 0));
        }
    }

    private static int Dc(int q) => Vp8Tables.DcFactors[Math.Clamp(q, 0, 127)];

    private static int Ac(int q) => Vp8Tables.AcFactors[Math.Clamp(q, 0, 127)];
}
