using System;

namespace ModelBuild.Kernels;

/// <summary>
/// Baseline and progressive JPEG with Huffman codes and 8 bits a sample (ITU-T T.81), in gray, YCbCr, RGB, CMYK or YCCK. The inverse transform, the upsampling of chroma, which the operator's
/// specification asks for, and the conversion of colours give the bits of libjpeg-turbo. Arithmetic codes, lossless and hierarchical streams and 12 bits are not decoded.
/// </summary>
internal sealed class JpegImage
{
    private const int StartOfImage = 0xD8;
    private const int EndOfImage = 0xD9;
    private const int StartOfScan = 0xDA;

    // A scan may take a few bytes and the time of all blocks. Encoders make about ten.
    private const int MostScans = 500;

    private readonly JpegHuffman?[] _dc = new JpegHuffman?[4];
    private readonly JpegHuffman?[] _ac = new JpegHuffman?[4];
    private readonly ushort[]?[] _quantization = new ushort[]?[4];
    private JpegComponent[] _components = [];
    private int _width;
    private int _height;
    private int _restart;
    private bool _isProgressive;
    private bool _isJfif;
    private int _adobe = -1;

    /// <summary>The first bytes of a file.</summary>
    public static ReadOnlySpan<byte> Signature => [0xFF, StartOfImage, 0xFF];

    /// <summary>Decodes an image.</summary>
    /// <exception cref="FormatException">It cannot be decoded.</exception>
    public static Raster Read(ReadOnlySpan<byte> stream)
    {
        JpegImage image = new();
        ImageBytes bytes = new(stream, isBigEndian: true);
        bytes.Skip(2);
        int scans = 0;
        for (int marker = Marker(ref bytes); marker != EndOfImage; marker = Marker(ref bytes))
        {
            // Markers without contents.
            if (marker is 0x01 or (>= 0xD0 and <= 0xD7))
            {
                continue;
            }

            int length = bytes.U16();
            ReadOnlySpan<byte> segment = bytes.Take(length - 2);
            if (marker == StartOfScan && scans == MostScans)
            {
                throw new FormatException($"A JPEG image with more than {MostScans} scans is not decoded.");
            }
            else if (marker == StartOfScan)
            {
                scans++;
                bytes.Skip(image.Scan(segment, stream[bytes.Position..]));
                if (bytes.Remaining < 2)
                {
                    break;
                }
            }
            else
            {
                image.Segment(marker, segment, stream.Length);
            }
        }

        return scans > 0 ? JpegColours.Convert(image._components, image._width, image._height, image.ColourModel()) : throw new FormatException("The JPEG image has no scan.");
    }

    // The next marker; bytes in front of it are skipped.
    private static int Marker(ref ImageBytes bytes)
    {
        int last = 0;
        while (true)
        {
            int next = bytes.Byte();
            if (last == 0xFF && next is not (0 or 0xFF))
            {
                return next;
            }

            last = next;
        }
    }

    private void Segment(int marker, ReadOnlySpan<byte> segment, int streamLength)
    {
        switch (marker)
        {
            case 0xC0 or 0xC1 or 0xC2:
                _isProgressive = marker == 0xC2;
                Frame(segment, streamLength);
                break;
            case 0xC4:
                HuffmanTables(segment);
                break;
            case 0xDB:
                QuantizationTables(segment);
                break;
            case 0xDD:
                _restart = (segment[0] << 8) | segment[1];
                break;
            case 0xE0:
                _isJfif |= segment.StartsWith("JFIF\0"u8);
                break;
            case 0xEE:
                _adobe = segment.Length >= 12 && segment.StartsWith("Adobe"u8) ? segment[11] : _adobe;
                break;
            case >= 0xC3 and <= 0xCF:
                throw new FormatException($"JPEG images of the kind {marker:X2} (lossless, hierarchical or with arithmetic codes) cannot be decoded.");
            default:
                break;
        }
    }

    private void Frame(ReadOnlySpan<byte> segment, int streamLength)
    {
        ImageBytes bytes = new(segment, isBigEndian: true);
        int precision = bytes.Byte();
        (_height, _width) = (bytes.U16(), bytes.U16());
        int count = bytes.Byte();
        if (precision != 8 || count is not (1 or 3 or 4) || _components.Length > 0)
        {
            throw new FormatException($"A JPEG image with {count} components of {precision} bits cannot be decoded.");
        }

        Raster.Check(_width, _height);
        JpegComponent[] components = new JpegComponent[count];
        (int mostAcross, int mostDown) = (1, 1);
        for (int i = 0; i < count; i++)
        {
            (int id, int factors, int table) = (bytes.Byte(), bytes.Byte(), bytes.Byte());
            components[i] = new JpegComponent(id, factors >> 4, factors & 15, table);
            mostAcross = Math.Max(mostAcross, components[i].Across);
            mostDown = Math.Max(mostDown, components[i].Down);
        }

        long blocks = 0;
        for (int i = 0; i < count; i++)
        {
            blocks += components[i].Measure(_width, _height, mostAcross, mostDown);
        }

        // Each block has a bit at least.
        if (blocks / 8 > streamLength)
        {
            throw new FormatException($"A JPEG image of {_width}x{_height} pixels cannot have {streamLength} bytes.");
        }

        for (int i = 0; i < count; i++)
        {
            components[i].Allocate();
        }

        _components = components;
    }

    private void HuffmanTables(ReadOnlySpan<byte> segment)
    {
        while (!segment.IsEmpty)
        {
            int place = segment[0];
            int symbols = 0;
            for (int i = 1; i <= 16; i++)
            {
                symbols += segment[i];
            }

            ((place >> 4) == 0 ? _dc : _ac)[place & 15] = new JpegHuffman(segment.Slice(1, 16), segment.Slice(17, symbols));
            segment = segment[(17 + symbols)..];
        }
    }

    private void QuantizationTables(ReadOnlySpan<byte> segment)
    {
        while (!segment.IsEmpty)
        {
            bool isWide = segment[0] >> 4 != 0;
            ushort[] table = new ushort[64];
            for (int i = 0; i < 64; i++)
            {
                table[JpegComponent.ZigZag[i]] = isWide ? (ushort)((segment[1 + (i * 2)] << 8) | segment[2 + (i * 2)]) : segment[1 + i];
            }

            _quantization[segment[0] & 15] = table;
            segment = segment[(isWide ? 129 : 65)..];
        }
    }

    // Decodes a scan and gives the number of bytes that it has.
    private int Scan(ReadOnlySpan<byte> header, ReadOnlySpan<byte> data)
    {
        ImageBytes bytes = new(header, isBigEndian: true);
        int count = bytes.Byte();
        if (_components.Length == 0 || count is 0 or > 4)
        {
            throw new FormatException($"A JPEG scan of {count} of {_components.Length} components is unknown.");
        }

        JpegScan scan = new(count, _width, _height, _restart, _isProgressive);
        for (int i = 0; i < count; i++)
        {
            int id = bytes.Byte();
            int tables = bytes.Byte();
            JpegComponent component = Array.Find(_components, item => item.Id == id) ?? throw new FormatException($"The JPEG image has no component {id}.");
            component.Quantization ??= _quantization[component.Table] ?? throw new FormatException($"The JPEG image has no quantization table {component.Table}.");
            scan.Add(component, _dc[tables >> 4], _ac[tables & 15]);
        }

        (int first, int last, int bits) = (bytes.Byte(), bytes.Byte(), bytes.Byte());
        if (_isProgressive && (first > last || last > 63 || (first == 0) != (last == 0) || (first > 0 && count > 1) || (bits & 15) > 13))
        {
            throw new FormatException($"A progressive JPEG scan of coefficients {first} to {last} is unknown.");
        }

        return scan.Read(data, first, last, bits >> 4, bits & 15);
    }

    private JpegColourModel ColourModel()
    {
        bool isRgb = _isJfif ? false : _adobe >= 0 ? _adobe == 0 : _components.Length == 3 && (_components[0].Id, _components[1].Id, _components[2].Id) == ('R', 'G', 'B');
        return _components.Length == 1 ? JpegColourModel.Gray
            : _components.Length == 4 ? (_adobe == 2 ? JpegColourModel.Ycck : JpegColourModel.Cmyk)
            : isRgb ? JpegColourModel.Rgb : JpegColourModel.YCbCr;
    }
}
