using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <content>The transform of the weights: when a model starts, from the packed weights, so that the weights file does not grow.</content>
internal static partial class WinogradInt8
{
    /// <summary>The transformed weights of one output and channel, four times <c>G g G'</c>.</summary>
    /// <param name="g">The 3x3 filter.</param>
    /// <param name="u">Receives 16 terms.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Weights(ReadOnlySpan<int> g, Span<int> u)
    {
        g = g[..9];
        u = u[..Terms];
        (int first0, int sum0, int difference0, int last0) = WeightTerms(g[0], g[3], g[6]);
        (int first1, int sum1, int difference1, int last1) = WeightTerms(g[1], g[4], g[7]);
        (int first2, int sum2, int difference2, int last2) = WeightTerms(g[2], g[5], g[8]);
        (u[0], u[1], u[2], u[3]) = WeightTerms(first0, first1, first2);
        (u[4], u[5], u[6], u[7]) = WeightTerms(sum0, sum1, sum2);
        (u[8], u[9], u[10], u[11]) = WeightTerms(difference0, difference1, difference2);
        (u[12], u[13], u[14], u[15]) = WeightTerms(last0, last1, last2);
    }

    /// <summary>Transforms the packed weights of a layer into <see cref="TransformedLength"/> words.</summary>
    [MethodImpl(HotLoop.Options)]
    public static void Transform(ReadOnlySpan<sbyte> packed, Span<short> transformed, in ConvShape shape)
    {
        ConvInt8Taps taps = ConvInt8Taps.Of(shape);
        int termWords = shape.InputChannels * TileInt8Layout.PanelOutputs;
        Span<int> places = stackalloc int[9];
        Span<int> filter = stackalloc int[9];
        Span<int> terms = stackalloc int[Terms];
        for (int output = 0; output < shape.OutputChannels; output += TileInt8Layout.PanelOutputs)
        {
            Span<short> panel = transformed.Slice(output * Terms * shape.InputChannels, Terms * termWords);
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

                    Weights(filter, terms);
                    int at = (c / 2 * 2 * TileInt8Layout.PanelOutputs) + (2 * o) + (c % 2);
                    for (int term = 0; term < terms.Length; term++)
                    {
                        panel[at + (term * termWords)] = (short)terms[term];
                    }
                }
            }
        }
    }

    /// <summary><c>2 G</c> times a column: its rows are (2, 0, 0), (1, 1, 1), (1, -1, 1), (0, 0, 2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (int First, int Sum, int Difference, int Last) WeightTerms(int a, int b, int c) => (2 * a, a + b + c, a - b + c, 2 * c);
}
