using System;

namespace ModelBuild.Kernels;

/// <summary>How a tile is coded, and its packets.</summary>
internal sealed class J2kTileData
{
    private readonly bool[] _hasOwnBlocks;
    private readonly bool[] _hasOwnSteps;
    private readonly J2kCoding[] _codings;
    private byte[] _packets = [];
    private int _length;

    public J2kTileData(int components)
    {
        _codings = new J2kCoding[components];
        _codings.AsSpan().Fill(new J2kCoding());
        (_hasOwnBlocks, _hasOwnSteps) = (new bool[components], new bool[components]);
    }

    /// <summary>A tile starts with what holds for all. What it says of all components counts for more than what that says of one.</summary>
    public J2kTileData(J2kTileData common)
        : this(common._codings.Length)
    {
        common._codings.CopyTo(_codings, 0);
        (Order, Layers, IsMixed) = (common.Order, common.Layers, common.IsMixed);
    }

    /// <summary>The order of packets: LRCP, RLCP, RPCL, PCRL, CPRL.</summary>
    public int Order { get; private set; }

    public int Layers { get; private set; }

    /// <summary>Whether the first three components are brightness and differences.</summary>
    public bool IsMixed { get; private set; }

    /// <summary>The packets of all parts of the tile.</summary>
    public ReadOnlySpan<byte> Packets => _packets.AsSpan(0, _length);

    public J2kCoding Coding(int component) => _codings[component];

    public void Append(ReadOnlySpan<byte> packets)
    {
        if (_length + packets.Length > _packets.Length)
        {
            Array.Resize(ref _packets, Math.Max(2 * _length, _length + packets.Length));
        }

        packets.CopyTo(_packets.AsSpan(_length));
        _length += packets.Length;
    }

    /// <summary>Reads a marker segment of the main header or of a tile's.</summary>
    public void Segment(int marker, ReadOnlySpan<byte> segment)
    {
        ImageBytes bytes = new(segment, isBigEndian: true);
        switch (marker)
        {
            // COD
            case 0xFF52:
                int style = bytes.Byte();
                (Order, Layers, IsMixed) = (bytes.Byte(), bytes.U16(), bytes.Byte() == 1);
                J2kCoding blocks = new J2kCoding().WithBlocks(ref bytes, (style & 1) != 0);
                for (int i = 0; i < _codings.Length; i++)
                {
                    _codings[i] = _hasOwnBlocks[i] ? _codings[i] : blocks with { GuardBits = _codings[i].GuardBits, Steps = _codings[i].Steps, IsDerived = _codings[i].IsDerived };
                }

                break;

            // COC
            case 0xFF53:
                int component = Component(ref bytes);
                _codings[component] = _codings[component].WithBlocks(ref bytes, (bytes.Byte() & 1) != 0);
                _hasOwnBlocks[component] = true;
                break;

            // QCD
            case 0xFF5C:
                J2kCoding steps = new J2kCoding().WithSteps(ref bytes);
                for (int i = 0; i < _codings.Length; i++)
                {
                    _codings[i] = _hasOwnSteps[i] ? _codings[i] : _codings[i] with { GuardBits = steps.GuardBits, Steps = steps.Steps, IsDerived = steps.IsDerived };
                }

                break;

            // QCC
            case 0xFF5D:
                int quantized = Component(ref bytes);
                _codings[quantized] = _codings[quantized].WithSteps(ref bytes);
                _hasOwnSteps[quantized] = true;
                break;

            // RGN, POC, PPM, PPT
            case 0xFF5E or 0xFF5F or 0xFF60 or 0xFF61:
                throw new FormatException($"JPEG 2000 with the marker {marker:X4} (regions, changes of order or packed headers) cannot be decoded.");

            default:
                break;
        }
    }

    private int Component(ref ImageBytes bytes) => _codings.Length < 257 ? bytes.Byte() : bytes.U16();
}
