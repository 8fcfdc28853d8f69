using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <content>The transform of the weights: when a model starts, from the packed weights, so that the weights file does not grow.</content>
internal static partial class WinogradInt8
{
    /// <summary>Transforms the packed weights of a layer into <see cref="TransformedLength"/> words.</summary>
    public static void Transform(ReadOnlySpan<sbyte> packed, Span<short> transformed, in ConvShape shape)
    {
        if (UsesLargeTiles(shape))
        {
            Transform<WinogradInt8Tile4>(packed, transformed, shape);
        }
        else
        {
            Transform<WinogradInt8Tile2>(packed, transformed, shape);
        }
    }

    [MethodImpl(HotLoop.Options)]
    private static void Transform<TTile>(ReadOnlySpan<sbyte> packed, Span<short> transformed, in ConvShape shape)
        where TTile : struct, IWinogradInt8Tile
    {
        ConvInt8Taps taps = ConvInt8Taps.Of(shape);
        int termWords = shape.InputChannels * TileInt8Layout.PanelOutputs;
        Span<int> places = stackalloc int[9];
        Span<int> filter = stackalloc int[9];
        Span<int> terms = stackalloc int[(TTile.Size + 2) * (TTile.Size + 2)];
        for (int output = 0; output < shape.OutputChannels; output += TileInt8Layout.PanelOutputs)
        {
            Span<short> panel = transformed.Slice(output * terms.Length * shape.InputChannels, terms.Length * termWords);
            for (int c = 0; c < shape.InputChannels; c++)
            {
                for (int tap = 0; tap < places.Length; tap++)
                {
                    places[tap] = taps.Offset(output, tap / 3, tap % 3, c, shape);
                }

                // In both layouts the next output of the panel is a fixed distance away.
                for (int o = 0; o < TileInt8Layout.PanelOutputs; o++)
                {
                    for (int tap = 0; tap < filter.Length; tap++)
                    {
                        filter[tap] = packed[places[tap] + (o * TileInt8Layout.GroupInputs)];
                    }

                    TTile.Weights(filter, terms);
                    int at = (c / 2 * 2 * TileInt8Layout.PanelOutputs) + (2 * o) + (c % 2);
                    for (int term = 0; term < terms.Length; term++)
                    {
                        panel[at + (term * termWords)] = (short)terms[term];
                    }
                }
            }
        }
    }
}
