using System;

namespace ModelBuild.Kernels;

/// <summary>Run lengths of bitmaps with 4 or 8 bits a pixel. Pixels that are skipped have the first colour.</summary>
internal static class BmpRuns
{
    /// <summary>The colour of each pixel, rows in the order of the file.</summary>
    public static byte[] Read(ref ImageBytes bytes, int width, int height, bool isNibbles)
    {
        byte[] indices = new byte[width * height];
        int x = 0, y = 0;
        while (y < height && bytes.Remaining > 0)
        {
            int count = bytes.Byte();
            int value = bytes.Byte();
            if (count > 0)
            {
                for (int i = 0; i < count; i++)
                {
                    Put(i % 2 == 0 ? value >> 4 : value & 15, value);
                }

                continue;
            }

            switch (value)
            {
                case 0:
                    (x, y) = (0, y + 1);
                    break;
                case 1:
                    return indices;
                case 2:
                    x += bytes.Byte();
                    y += bytes.Byte();
                    break;
                default:
                    ReadOnlySpan<byte> literal = bytes.Take(isNibbles ? (value + 1) / 2 : value);
                    for (int i = 0; i < value; i++)
                    {
                        int pair = literal[isNibbles ? i / 2 : i];
                        Put(i % 2 == 0 ? pair >> 4 : pair & 15, pair);
                    }

                    // Filled up to a whole number of words.
                    bytes.Skip(Math.Min(literal.Length % 2, bytes.Remaining));
                    break;
            }
        }

        return y >= height || (y == height - 1 && x >= width) ? indices : throw new FormatException($"The bitmap ends in row {y} of {height}.");

        void Put(int nibble, int whole)
        {
            // What goes beyond a row is lost.
            if (x < width && y < height)
            {
                indices[(y * width) + x] = (byte)(isNibbles ? nibble : whole);
            }

            x++;
        }
    }
}
