using System;

namespace ModelBuild.Kernels;

/// <summary>ONNX ReverseSequence, of x seen as <c>[first, second, inner]</c>: the beginning of each sequence turned round.</summary>
internal static class ReverseSequence
{
    /// <summary>Turns the first elements round, as many as the lengths say, one for each sample.</summary>
    public static void Run<T>(ReadOnlySpan<T> x, ReadOnlySpan<long> lengths, Span<T> y, int first, int second, int inner, bool isTimeFirst)
    {
        for (int a = 0; a < first; a++)
        {
            for (int b = 0; b < second; b++)
            {
                int time = isTimeFirst ? a : b;
                int length = (int)lengths[isTimeFirst ? b : a];
                int from = time < length ? length - 1 - time : time;
                int source = isTimeFirst ? (from * second) + b : (a * second) + from;
                x.Slice(source * inner, inner).CopyTo(y[(((a * second) + b) * inner)..]);
            }
        }
    }
}
