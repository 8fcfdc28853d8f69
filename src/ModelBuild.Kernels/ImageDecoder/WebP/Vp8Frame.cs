using System;

namespace ModelBuild.Kernels;

/// <summary>A key frame of VP8, which is what lossy WebP holds (RFC 6386). Colours are interpolated and converted with the rounding of libwebp.</summary>
internal sealed class Vp8Frame
{
    private readonly Vp8Header _header;
    private readonly int _columns;
    private readonly int _rows;
    private readonly Vp8Plane _y;
    private readonly Vp8Plane _u;
    private readonly Vp8Plane _v;
    private readonly Vp8Residuals _residuals;

    // The modes of the 4x4 blocks above and to the left.
    private readonly byte[] _modesAbove;
    private readonly byte[] _modesLeft = new byte[4];

    private Vp8Frame(Vp8Header header)
    {
        _header = header;
        (_columns, _rows) = ((header.Width + 15) / 16, (header.Height + 15) / 16);
        _y = new Vp8Plane(_columns * 16, _rows * 16);
        _u = new Vp8Plane(_columns * 8, _rows * 8);
        _v = new Vp8Plane(_columns * 8, _rows * 8);
        _modesAbove = new byte[_columns * 4];
        _residuals = new Vp8Residuals(header.Coefficients, _columns);
    }

    /// <summary>Decodes a frame.</summary>
    /// <exception cref="FormatException">It cannot be decoded.</exception>
    public static Raster Read(ReadOnlySpan<byte> stream)
    {
        Vp8Frame frame = new(Vp8Header.Read(stream));
        frame.Decode();
        return Vp8Colours.Convert(frame._y, frame._u, frame._v, frame._header.Width, frame._header.Height);
    }

    // The loop filter comes last: macroblocks are predicted from what has not been filtered.
    private void Decode()
    {
        Vp8Strength[] strengths = new Vp8Strength[_columns * _rows];
        for (int row = 0; row < _rows; row++)
        {
            _modesLeft.AsSpan().Clear();
            _residuals.StartRow();
            for (int column = 0; column < _columns; column++)
            {
                strengths[(row * _columns) + column] = Macroblock(row, column);
            }
        }

        for (int place = 0; place < strengths.Length && _header.FilterLevel > 0; place++)
        {
            if (strengths[place].Level > 0)
            {
                Vp8LoopFilter.Run(_y, _u, _v, place % _columns, place / _columns, in strengths[place], _header.IsSimpleFilter);
            }
        }
    }

    private Vp8Strength Macroblock(int row, int column)
    {
        Vp8Bits bits = _header.Bits;
        int segment = 0;
        if (_header.HasSegmentMap)
        {
            byte[] probabilities = _header.SegmentProbabilities;
            segment = !bits.Bit(probabilities[0]) ? (bits.Bit(probabilities[1]) ? 1 : 0) : bits.Bit(probabilities[2]) ? 3 : 2;
        }

        bool isSkipped = _header.SkipProbability >= 0 && bits.Bit(_header.SkipProbability);
        bool isWhole = bits.Bit(145);
        Span<byte> modes = stackalloc byte[16];
        if (isWhole)
        {
            modes.Fill(WholeMode(bits));
            _modesLeft.AsSpan().Fill(modes[0]);
            _modesAbove.AsSpan(column * 4, 4).Fill(modes[0]);
        }
        else
        {
            BlockModes(bits, modes, _modesAbove.AsSpan(column * 4, 4));
        }

        byte chroma = !bits.Bit(142) ? Vp8Prediction.Average : !bits.Bit(114) ? Vp8Prediction.Down : bits.Bit(183) ? Vp8Prediction.Gradient : Vp8Prediction.Across;
        bool hasResiduals = !isSkipped && _residuals.Read(_header.Partitions[row & (_header.Partitions.Length - 1)], column, in _header.Segments[segment], isWhole);
        if (isSkipped)
        {
            _residuals.Skip(column, isWhole);
        }

        Reconstruct(row, column, isWhole, modes, chroma);
        return Vp8Strength.Of(_header, _header.Segments[segment].Level, isWhole, isInner: !isWhole || hasResiduals);
    }

    private void Reconstruct(int row, int column, bool isWhole, ReadOnlySpan<byte> modes, byte chroma)
    {
        if (isWhole)
        {
            Vp8Prediction.Square(_y, column, row, 16, modes[0]);
        }

        Span<byte> corner = stackalloc byte[4];
        Corner(row, column, corner);
        for (int block = 0; block < 16; block++)
        {
            (int x, int y) = ((column * 16) + (block % 4 * 4), (row * 16) + (block / 4 * 4));
            if (!isWhole)
            {
                Vp8Prediction.Block(_y, x, y, modes[block], block % 4 == 3 ? corner : _y.Samples.AsSpan(_y.At(x + 4, y - 1), 4));
            }

            Vp8Transform.Add(_residuals.Block(block), _y, x, y);
        }

        Vp8Prediction.Square(_u, column, row, 8, chroma);
        Vp8Prediction.Square(_v, column, row, 8, chroma);
        for (int block = 0; block < 4; block++)
        {
            (int x, int y) = ((column * 8) + (block % 2 * 4), (row * 8) + (block / 2 * 4));
            Vp8Transform.Add(_residuals.Block(16 + block), _u, x, y);
            Vp8Transform.Add(_residuals.Block(20 + block), _v, x, y);
        }
    }

    // The four samples above and to the right of a macroblock, which stand for those of all its rows of blocks.
    private void Corner(int row, int column, Span<byte> corner)
    {
        if (row > 0 && column == _columns - 1)
        {
            corner.Fill(_y.Samples[_y.At((column * 16) + 15, (row * 16) - 1)]);
        }
        else
        {
            _y.Samples.AsSpan(_y.At((column * 16) + 16, (row * 16) - 1), 4).CopyTo(corner);
        }
    }

    private static byte WholeMode(Vp8Bits bits) =>
        bits.Bit(156) ? (bits.Bit(128) ? Vp8Prediction.Gradient : Vp8Prediction.Across) : bits.Bit(163) ? Vp8Prediction.Down : Vp8Prediction.Average;

    private void BlockModes(Vp8Bits bits, Span<byte> modes, Span<byte> above)
    {
        for (int block = 0; block < 16; block++)
        {
            (int x, int y) = (block % 4, block / 4);
            ReadOnlySpan<byte> p = Vp8Tables.BlockModes.Slice(((above[x] * 10) + _modesLeft[y]) * 9, 9);
            int mode = !bits.Bit(p[0]) ? Vp8Prediction.Average
                : !bits.Bit(p[1]) ? Vp8Prediction.Gradient
                : !bits.Bit(p[2]) ? Vp8Prediction.Down
                : !bits.Bit(p[3]) ? (!bits.Bit(p[4]) ? Vp8Prediction.Across : !bits.Bit(p[5]) ? Vp8Prediction.RightDown : Vp8Prediction.DownRight)
                : !bits.Bit(p[6]) ? Vp8Prediction.LeftDown
                : !bits.Bit(p[7]) ? Vp8Prediction.DownLeft
                : !bits.Bit(p[8]) ? Vp8Prediction.AcrossDown : Vp8Prediction.AcrossUp;
            modes[block] = above[x] = _modesLeft[y] = (byte)mode;
        }
    }
}
