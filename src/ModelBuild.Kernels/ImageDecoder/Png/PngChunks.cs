using System;

namespace ModelBuild.Kernels;

/// <summary>The chunks of a PNG file that matter for its pixels. Their check sums are verified.</summary>
/// <param name="Header">IHDR.</param>
/// <param name="Palette">PLTE, three bytes a colour.</param>
/// <param name="Data">All IDAT together.</param>
internal sealed record PngChunks(byte[] Header, byte[] Palette, byte[] Data)
{
    /// <summary>Reads the chunks behind the signature, up to IEND or to where the file ends.</summary>
    public static PngChunks Read(ReadOnlySpan<byte> stream)
    {
        byte[]? header = null;
        byte[] palette = [];
        byte[] data = new byte[stream.Length];
        int length = 0;
        ImageBytes bytes = new(stream, isBigEndian: true);
        while (bytes.Remaining > 0)
        {
            long size = bytes.U32();
            ReadOnlySpan<byte> chunk = bytes.Take(size + 4);
            ReadOnlySpan<byte> kind = chunk[..4];
            ReadOnlySpan<byte> content = chunk[4..];
            if (kind.SequenceEqual("IEND"u8))
            {
                break;
            }

            bool isNeeded = (kind[0] & 0x20) == 0;
            if (bytes.U32() != Crc(chunk) && isNeeded)
            {
                throw new FormatException("A chunk of the PNG image does not match its check sum.");
            }

            if (kind.SequenceEqual("IHDR"u8))
            {
                header ??= content.ToArray();
            }
            else if (kind.SequenceEqual("PLTE"u8))
            {
                palette = content.ToArray();
            }
            else if (kind.SequenceEqual("IDAT"u8))
            {
                content.CopyTo(data.AsSpan(length));
                length += content.Length;
            }
            else if (isNeeded)
            {
                throw new FormatException("The PNG image has a chunk that is unknown and needed.");
            }
        }

        return new PngChunks(header ?? throw new FormatException("The PNG image has no header."), palette, data[..length]);
    }

    // The remainder of the polynomial in CRC-32, the lowest bit of each byte first.
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        Span<uint> table = stackalloc uint[256];
        for (uint i = 0; i < 256; i++)
        {
            uint entry = i;
            for (int bit = 0; bit < 8; bit++)
            {
                entry = (entry >> 1) ^ ((entry & 1) * 0xEDB88320);
            }

            table[(int)i] = entry;
        }

        uint crc = uint.MaxValue;
        for (int i = 0; i < bytes.Length; i++)
        {
            crc = (crc >> 8) ^ table[(byte)(crc ^ bytes[i])];
        }

        return ~crc;
    }
}
