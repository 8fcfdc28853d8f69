using System;

namespace ModelBuild.Kernels;

/// <summary>
/// Brings a component to the size of the image. By a factor of 2, samples are interpolated at 1/4 and 3/4 of the way, rounded up and down in turn, as the operator's specification says and libjpeg-turbo
/// does; by others, and where a row has less than 3 samples, they are repeated.
/// </summary>
internal static class JpegUpsampling
{
    /// <summary>Rows of samples, one for each row of the image; a row may have a few more than the image.</summary>
    /// <param name="component">The component.</param>
    /// <param name="samples">Its samples, in rows that have those of whole blocks.</param>
    /// <param name="y">The row of the image.</param>
    /// <param name="row">[width * expansion]: what results.</param>
    /// <param name="sums">[width]: memory.</param>
    public static void Row(JpegComponent component, ReadOnlySpan<byte> samples, int y, Span<byte> row, Span<int> sums)
    {
        int stride = component.Columns * 8;
        int width = component.Width;
        (int across, int down) = (component.ExpandX, component.ExpandY);
        ReadOnlySpan<byte> near = samples.Slice(y / down * stride, width);
        bool isSmoothAcross = across == 2 && width > 2 && down <= 2;
        bool isSmoothDown = down == 2 && (isSmoothAcross || across == 1);
        if (!isSmoothDown)
        {
            if (isSmoothAcross)
            {
                Across(near, row);
            }
            else
            {
                for (int x = 0; x < width * across; x++)
                {
                    row[x] = near[x / across];
                }
            }

            return;
        }

        // The upper one of two rows leans to the row above, and the lower to that below; at the edges to itself.
        int other = Math.Clamp((y / 2) + (y % 2 == 0 ? -1 : 1), 0, component.Height - 1);
        ReadOnlySpan<byte> far = samples.Slice(other * stride, width);
        for (int x = 0; x < width; x++)
        {
            sums[x] = (near[x] * 3) + far[x];
        }

        if (isSmoothAcross)
        {
            Across(sums[..width], row);
            return;
        }

        for (int x = 0; x < width; x++)
        {
            row[x] = (byte)((sums[x] + 1 + (y % 2)) >> 2);
        }
    }

    private static void Across(ReadOnlySpan<byte> x, Span<byte> row)
    {
        int last = x.Length - 1;
        row[0] = x[0];
        row[(2 * last) + 1] = x[last];
        for (int i = 0; i <= last; i++)
        {
            if (i > 0)
            {
                row[2 * i] = (byte)(((x[i] * 3) + x[i - 1] + 1) >> 2);
            }

            if (i < last)
            {
                row[(2 * i) + 1] = (byte)(((x[i] * 3) + x[i + 1] + 2) >> 2);
            }
        }
    }

    // Of sums that are four times as large.
    private static void Across(ReadOnlySpan<int> x, Span<byte> row)
    {
        int last = x.Length - 1;
        row[0] = (byte)(((x[0] * 4) + 8) >> 4);
        row[(2 * last) + 1] = (byte)(((x[last] * 4) + 7) >> 4);
        for (int i = 0; i <= last; i++)
        {
            if (i > 0)
            {
                row[2 * i] = (byte)(((x[i] * 3) + x[i - 1] + 8) >> 4);
            }

            if (i < last)
            {
                row[(2 * i) + 1] = (byte)(((x[i] * 3) + x[i + 1] + 7) >> 4);
            }
        }
    }
}
