using System;

namespace ModelBuild.Kernels;

/// <summary>ONNX Runtime's NGramRepeatBlock: no word may follow that would make a sequence end in words that it has already in this order.</summary>
internal static class RepeatedGrams
{
    /// <summary>Gives such words the score minus infinity.</summary>
    /// <param name="words">[batch, length].</param>
    /// <param name="scores">[batch, vocabulary], changed.</param>
    /// <param name="batch">Sequences.</param>
    /// <param name="length">Words of a sequence.</param>
    /// <param name="vocabulary">Words that there are.</param>
    /// <param name="size">How many words must not occur again.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such word.</exception>
    public static void Run(ReadOnlySpan<long> words, Span<float> scores, int batch, int length, int vocabulary, int size)
    {
        for (int n = 0; n < batch; n++)
        {
            ReadOnlySpan<long> sequence = words.Slice(n * length, length);
            for (int i = 0; i + size <= length; i++)
            {
                if (sequence.Slice(i, size - 1).SequenceEqual(sequence[(length - size + 1)..]))
                {
                    long word = sequence[i + size - 1];
                    if (word < 0 || word >= vocabulary)
                    {
                        throw new ArgumentOutOfRangeException(nameof(words), word, $"There are {vocabulary} words.");
                    }

                    scores[(n * vocabulary) + (int)word] = float.NegativeInfinity;
                }
            }
        }
    }
}
