using System;

namespace SampleApp;

/// <summary>The signature that the build generates for a model with one input and one output.</summary>
internal delegate void Predict(ReadOnlySpan<float> input, Span<float> logits);

internal static class Classifier
{
    /// <summary>The most probable digit, and how probable the network thinks it is.</summary>
    public static (int Digit, float Probability) Classify(Predict predict, ReadOnlySpan<float> input)
    {
        Span<float> logits = stackalloc float[DigitsModel.LogitsLength];
        predict(input, logits);
        var best = IndexOfMax(logits);

        // Softmax, which this network leaves to its caller.
        var sum = 0f;
        foreach (var logit in logits)
        {
            sum += MathF.Exp(logit - logits[best]);
        }

        return (best, 1 / sum);
    }

    public static int IndexOfMax(ReadOnlySpan<float> values)
    {
        var best = 0;
        for (var i = 1; i < values.Length; i++)
        {
            best = values[i] > values[best] ? i : best;
        }

        return best;
    }
}
