using System;

namespace ModelBuild.Kernels;

/// <summary>Steps of the optimizers of ai.onnx.preview.training, element by element.</summary>
internal static class Optimizer
{
    /// <summary>Adagrad: Duchi et al., 2011.</summary>
    public static void Adagrad(
        ReadOnlySpan<float> rate, ReadOnlySpan<long> time, ReadOnlySpan<float> x, ReadOnlySpan<float> gradient, ReadOnlySpan<float> squares, Span<float> newX, Span<float> newSquares, float decay, float epsilon, float norm)
    {
        float r = rate[0] / (1 + (time[0] * decay));
        for (int i = 0; i < x.Length; i++)
        {
            float g = (norm * x[i]) + gradient[i];
            newSquares[i] = squares[i] + (g * g);
            newX[i] = x[i] - (r * g / (MathF.Sqrt(newSquares[i]) + epsilon));
        }
    }

    /// <summary>Adam: Kingma and Ba, https://arxiv.org/abs/1412.6980</summary>
    public static void Adam(
        ReadOnlySpan<float> rate,
        ReadOnlySpan<long> time,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> gradient,
        ReadOnlySpan<float> momentum,
        ReadOnlySpan<float> squares,
        Span<float> newX,
        Span<float> newMomentum,
        Span<float> newSquares,
        float alpha,
        float beta,
        float epsilon,
        float norm,
        float normAfter)
    {
        double first = 1;
        double second = 1;
        for (long t = 0; t < time[0]; t++)
        {
            first *= alpha;
            second *= beta;
        }

        float r = time[0] > 0 ? (float)(rate[0] * Math.Sqrt(1 - second) / (1 - first)) : rate[0];
        for (int i = 0; i < x.Length; i++)
        {
            float g = (norm * x[i]) + gradient[i];
            newMomentum[i] = (alpha * momentum[i]) + ((1 - alpha) * g);
            newSquares[i] = (beta * squares[i]) + ((1 - beta) * g * g);
            newX[i] = (1 - normAfter) * (x[i] - (r * newMomentum[i] / (MathF.Sqrt(newSquares[i]) + epsilon)));
        }
    }

    /// <summary>Stochastic gradient descent with momentum, or with that of Nesterov.</summary>
    public static void Momentum(
        ReadOnlySpan<float> rate, ReadOnlySpan<long> time, ReadOnlySpan<float> x, ReadOnlySpan<float> gradient, ReadOnlySpan<float> momentum, Span<float> newX, Span<float> newMomentum, float alpha, float beta, float norm, bool isNesterov)
    {
        float factor = time[0] > 0 ? beta : 1;
        for (int i = 0; i < x.Length; i++)
        {
            float g = (norm * x[i]) + gradient[i];
            newMomentum[i] = (alpha * momentum[i]) + (factor * g);
            newX[i] = x[i] - (rate[0] * (isNesterov ? g + (alpha * newMomentum[i]) : newMomentum[i]));
        }
    }
}
