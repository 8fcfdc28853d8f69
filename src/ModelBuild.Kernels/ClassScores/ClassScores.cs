using System;

namespace ModelBuild.Kernels;

/// <summary>
/// Makes labels and probabilities of the scores of ai.onnx.ml classifiers, whose definition leaves the case of two classes open; this is what ONNX Runtime does.
/// </summary>
internal static class ClassScores
{
    /// <summary>Transforms rows of scores, and finds which class is the largest, the first of several; or whether the second of two is above 0.</summary>
    public static void Many(ReadOnlySpan<float> scores, Span<long> best, Span<float> probabilities, int rows, int classes, int transform, bool isSecondIfPositive)
    {
        scores.CopyTo(probabilities);
        for (int row = 0; row < rows; row++)
        {
            Span<float> values = probabilities.Slice(row * classes, classes);
            int largest = 0;
            for (int i = 1; i < classes; i++)
            {
                largest = values[i] > values[largest] ? i : largest;
            }

            best[row] = isSecondIfPositive ? values[1] > 0 ? 1 : 0 : largest;
            PostTransform.Apply(values, transform);
        }
    }

    /// <summary>Two classes of which one score is known, that of the second class.</summary>
    /// <param name="scores">[rows].</param>
    /// <param name="best">[rows]: 0 or 1.</param>
    /// <param name="probabilities">[rows, 2].</param>
    /// <param name="rows">Rows.</param>
    /// <param name="transform">See <see cref="PostTransform"/>.</param>
    /// <param name="isProbability">Whether the score is a probability, of which the other class has the rest; otherwise a margin, whose sign decides.</param>
    public static void Two(ReadOnlySpan<float> scores, Span<long> best, Span<float> probabilities, int rows, int transform, bool isProbability)
    {
        for (int row = 0; row < rows; row++)
        {
            float score = scores[row];
            bool isSecond = score > (isProbability ? 0.5f : 0);
            best[row] = isSecond ? 1 : 0;
            Span<float> both = probabilities.Slice(row * 2, 2);
            if (transform == PostTransform.Probit)
            {
                both[0] = PostTransform.ProbitOf(score);
                both[1] = 0;
            }
            else if (isProbability)
            {
                both[0] = 1 - score;
                both[1] = score;
            }
            else if (transform == PostTransform.Logistic)
            {
                both[0] = PostTransform.LogisticOf(-score);
                both[1] = PostTransform.LogisticOf(score);
            }
            else
            {
                both[0] = isSecond ? -score : score;
                both[1] = isSecond ? score : -score;
            }
        }
    }

    /// <summary>Transforms rows of scores alone.</summary>
    public static void Transform(ReadOnlySpan<float> scores, Span<float> y, int rows, int targets, int transform)
    {
        scores.CopyTo(y);
        for (int row = 0; row < rows; row++)
        {
            PostTransform.Apply(y.Slice(row * targets, targets), transform);
        }
    }
}
