using System;

namespace ModelBuild.Kernels;

/// <summary>How a component is coded in a tile (T.800, annexes A.6 and E).</summary>
internal sealed record J2kCoding
{
    public const int Bypass = 1;
    public const int Reset = 2;
    public const int Terminate = 4;
    public const int Causal = 8;
    public const int SegmentSymbols = 32;

    /// <summary>How often the image is halved.</summary>
    public int Splits { get; init; }

    /// <summary>The logarithms of the sizes of code blocks.</summary>
    public int BlockWidth { get; init; }

    public int BlockHeight { get; init; }

    /// <summary>Flags for the coding of blocks.</summary>
    public int Style { get; init; }

    /// <summary>Whether the wavelet is that of integers, 5-3, rather than 9-7.</summary>
    public bool IsReversible { get; init; }

    /// <summary>For each resolution the logarithm of the width of precincts, and of their height times 16.</summary>
    public byte[] Precincts { get; init; } = [];

    public int GuardBits { get; init; }

    /// <summary>For each band the exponent of its step times 2048, plus the mantissa.</summary>
    public int[] Steps { get; init; } = [];

    /// <summary>Whether only the first band's step is given.</summary>
    public bool IsDerived { get; init; }

    public int PrecinctWidth(int resolution) => Precincts.Length == 0 ? 15 : Precincts[resolution] & 15;

    public int PrecinctHeight(int resolution) => Precincts.Length == 0 ? 15 : Precincts[resolution] >> 4;

    /// <summary>Exponent and mantissa of the step of a band: 0 for the lowest frequencies, then three of each resolution.</summary>
    public (int Exponent, int Mantissa) Step(int band)
    {
        int step = Steps[IsDerived ? 0 : band];
        int exponent = (step >> 11) - (IsDerived && band > 0 ? (band - 1) / 3 : 0);
        return exponent >= 0 ? (exponent, step & 2047) : throw new FormatException("A JPEG 2000 band has a negative exponent.");
    }

    /// <summary>With what COD or COC say, from the number of splits on.</summary>
    public J2kCoding WithBlocks(ref ImageBytes bytes, bool hasPrecincts)
    {
        int splits = bytes.Byte();
        (int width, int height) = ((bytes.Byte() & 15) + 2, (bytes.Byte() & 15) + 2);
        int style = bytes.Byte();
        int wavelet = bytes.Byte();
        if (splits > 32 || width > 10 || height > 10 || width + height > 12 || style > 63 || wavelet > 1)
        {
            throw new FormatException($"JPEG 2000 with {splits} splits, blocks of 2^{width}x2^{height}, style {style} and wavelet {wavelet} is unknown.");
        }

        byte[] precincts = hasPrecincts ? bytes.Take(splits + 1).ToArray() : [];
        for (int i = 1; i < precincts.Length; i++)
        {
            if ((precincts[i] & 15) == 0 || precincts[i] >> 4 == 0)
            {
                throw new FormatException("A JPEG 2000 precinct is too small.");
            }
        }

        return this with { Splits = splits, BlockWidth = width, BlockHeight = height, Style = style, IsReversible = wavelet == 1, Precincts = precincts };
    }

    /// <summary>With what QCD or QCC say.</summary>
    public J2kCoding WithSteps(ref ImageBytes bytes)
    {
        int style = bytes.Byte();
        int kind = style & 31;
        int[] steps = new int[kind == 0 ? bytes.Remaining : bytes.Remaining / 2];
        if (kind > 2 || steps.Length == 0)
        {
            throw new FormatException($"JPEG 2000 quantization of kind {kind} is unknown.");
        }

        for (int i = 0; i < steps.Length; i++)
        {
            steps[i] = kind == 0 ? bytes.Byte() << 8 : bytes.U16();
        }

        return this with { GuardBits = style >> 5, Steps = steps, IsDerived = kind == 1 };
    }
}
