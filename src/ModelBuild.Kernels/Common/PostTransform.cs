using System;

namespace ModelBuild.Kernels;

/// <summary>What ai.onnx.ml does to the scores of a row: NONE, SOFTMAX, LOGISTIC, SOFTMAX_ZERO and PROBIT, in this order from 0.</summary>
internal static class PostTransform
{
    public const int None = 0;
    public const int Softmax = 1;
    public const int Logistic = 2;
    public const int SoftmaxZero = 3;
    public const int Probit = 4;

    /// <summary>Transforms the scores in their place.</summary>
    public static void Apply(Span<float> scores, int transform)
    {
        switch (transform)
        {
            case Logistic:
                for (int i = 0; i < scores.Length; i++)
                {
                    scores[i] = LogisticOf(scores[i]);
                }

                break;
            case Probit:
                for (int i = 0; i < scores.Length; i++)
                {
                    scores[i] = ProbitOf(scores[i]);
                }

                break;
            case Softmax or SoftmaxZero:
                float largest = float.NegativeInfinity;
                for (int i = 0; i < scores.Length; i++)
                {
                    largest = scores[i] > largest ? scores[i] : largest;
                }

                float sum = 0;
                float ofZero = MathF32.Exp(new ScalarF32(-largest)).Value;
                for (int i = 0; i < scores.Length; i++)
                {
                    // A zero of SOFTMAX_ZERO stays zero.
                    bool isZero = transform == SoftmaxZero && MathF.Abs(scores[i]) <= 1e-7f;
                    scores[i] = isZero ? scores[i] * ofZero : MathF32.Exp(new ScalarF32(scores[i] - largest)).Value;
                    sum += isZero ? 0 : scores[i];
                }

                for (int i = 0; i < scores.Length; i++)
                {
                    scores[i] /= sum;
                }

                break;
        }
    }

    public static float LogisticOf(float x) => MathF32.Sigmoid(new ScalarF32(x)).Value;

    /// <summary>The quantile of the normal distribution, by Winitzki's approximation of the inverse error function, which other runtimes use, too.</summary>
    public static float ProbitOf(float x)
    {
        float y = (2 * x) - 1;
        float log = MathF32.Log(new ScalarF32((1 - y) * (1 + y))).Value;
        float v = (2 / (3.14159f * 0.147f)) + (0.5f * log);
        float root = MathF.Sqrt(-v + MathF.Sqrt((v * v) - (1 / 0.147f * log)));
        return 1.41421356f * (y < 0 ? -root : root);
    }
}
