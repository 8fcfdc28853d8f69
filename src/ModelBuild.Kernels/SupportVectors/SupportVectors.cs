using System;

namespace ModelBuild.Kernels;

/// <summary>
/// Support vector machines of ai.onnx.ml: products of rows with support vectors, what each pair of classes decides, and the probabilities of the classes. Sums are
/// 64-bit and in order; results are rounded to 32 bits.
/// </summary>
internal static class SupportVectors
{
    public const int Linear = 0;
    public const int Polynomial = 1;
    public const int RadialBasis = 2;
    public const int Sigmoid = 3;

    /// <summary>The kernel function of each row and each vector.</summary>
    /// <param name="x">[rows, features].</param>
    /// <param name="vectors">[count, features].</param>
    /// <param name="y">[rows, count].</param>
    /// <param name="rows">Rows.</param>
    /// <param name="count">Support vectors.</param>
    /// <param name="features">Features.</param>
    /// <param name="function">x * v, (gamma * x * v + offset)^degree, e^(-gamma * |x - v|^2) or tanh(gamma * x * v + offset).</param>
    /// <param name="gamma">Gamma.</param>
    /// <param name="offset">Added to the product.</param>
    /// <param name="degree">The exponent.</param>
    public static void Products(
        ReadOnlySpan<float> x, ReadOnlySpan<float> vectors, Span<float> y, int rows, int count, int features, int function, float gamma, float offset, float degree)
    {
        for (int row = 0; row < rows; row++)
        {
            for (int i = 0; i < count; i++)
            {
                double sum = 0;
                for (int k = 0; k < features; k++)
                {
                    double a = x[(row * features) + k];
                    double b = vectors[(i * features) + k];
                    sum += function == RadialBasis ? (a - b) * (a - b) : a * b;
                }

                y[(row * count) + i] = (float)(function switch
                {
                    Polynomial => MathF64.Pow((gamma * sum) + offset, degree),
                    RadialBasis => MathF64.Exp(-gamma * sum),
                    Sigmoid => MathF64.Tanh((gamma * sum) + offset),
                    _ => sum,
                });
            }
        }
    }

    /// <summary>Lets each pair of classes decide for one of them, and finds the class with the most votes, the first of several.</summary>
    /// <param name="products">[rows, vectors].</param>
    /// <param name="coefficients">[classes - 1, vectors]: of a vector of class c those for the other classes, in order.</param>
    /// <param name="rho">[pairs], added to the sums.</param>
    /// <param name="starts">[classes + 1]: where the vectors of each class begin.</param>
    /// <param name="votes">[classes], scratch.</param>
    /// <param name="scores">[rows, pairs]: positive for the first class of a pair.</param>
    /// <param name="best">[rows].</param>
    /// <param name="rows">Rows.</param>
    /// <param name="classes">Classes.</param>
    public static void Vote(
        ReadOnlySpan<float> products,
        ReadOnlySpan<float> coefficients,
        ReadOnlySpan<float> rho,
        ReadOnlySpan<int> starts,
        Span<int> votes,
        Span<float> scores,
        Span<long> best,
        int rows,
        int classes)
    {
        int vectors = starts[classes];
        int pairs = classes * (classes - 1) / 2;
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> product = products.Slice(row * vectors, vectors);
            votes[..classes].Clear();
            int pair = 0;
            for (int first = 0; first < classes; first++)
            {
                for (int second = first + 1; second < classes; second++, pair++)
                {
                    double sum = 0;
                    for (int v = starts[first]; v < starts[first + 1]; v++)
                    {
                        sum += (double)coefficients[((second - 1) * vectors) + v] * product[v];
                    }

                    for (int v = starts[second]; v < starts[second + 1]; v++)
                    {
                        sum += (double)coefficients[(first * vectors) + v] * product[v];
                    }

                    sum += rho[pair];
                    scores[(row * pairs) + pair] = (float)sum;
                    votes[sum > 0 ? first : second]++;
                }
            }

            int most = 0;
            for (int i = 1; i < classes; i++)
            {
                most = votes[i] > votes[most] ? i : most;
            }

            best[row] = most;
        }
    }

    /// <summary>
    /// The probabilities of the classes from the scores of all pairs: a logistic function of each score, then the second method of Wu, Lin and Weng,
    /// https://www.csie.ntu.edu.tw/~cjlin/papers/svmprob/svmprob.pdf
    /// </summary>
    /// <param name="scores">[rows, pairs].</param>
    /// <param name="slopes">[pairs].</param>
    /// <param name="offsets">[pairs].</param>
    /// <param name="scratch">[2 * classes + 1, classes].</param>
    /// <param name="probabilities">[rows, classes].</param>
    /// <param name="rows">Rows.</param>
    /// <param name="classes">Classes.</param>
    public static void Couple(
        ReadOnlySpan<float> scores, ReadOnlySpan<float> slopes, ReadOnlySpan<float> offsets, Span<double> scratch, Span<float> probabilities, int rows, int classes)
    {
        Span<double> r = scratch[..(classes * classes)]; // r[i, j] is the probability of i where it is either i or j.
        Span<double> q = scratch.Slice(classes * classes, classes * classes);
        Span<double> product = scratch.Slice(2 * classes * classes, classes);
        int pairs = classes * (classes - 1) / 2;
        for (int row = 0; row < rows; row++)
        {
            int pair = 0;
            for (int i = 0; i < classes; i++)
            {
                for (int j = i + 1; j < classes; j++, pair++)
                {
                    double value = ((double)scores[(row * pairs) + pair] * slopes[pair]) + offsets[pair];
                    double one = Math.Clamp(value >= 0 ? MathF64.Exp(-value) / (1 + MathF64.Exp(-value)) : 1 / (1 + MathF64.Exp(value)), 1e-7, 1 - 1e-7);
                    r[(i * classes) + j] = one;
                    r[(j * classes) + i] = 1 - one;
                }
            }

            Span<float> p = probabilities.Slice(row * classes, classes);
            Solve(r, q, product, p, classes);
        }
    }

    // Minimizes the sum over i != j of (r[j, i] * p[i] - r[i, j] * p[j])^2, one probability after the other, until no derivative is far from the others.
    private static void Solve(ReadOnlySpan<double> r, Span<double> q, Span<double> product, Span<float> p, int classes)
    {
        for (int i = 0; i < classes; i++)
        {
            p[i] = 1f / classes;
            q[(i * classes) + i] = 0;
            for (int j = 0; j < classes; j++)
            {
                if (j != i)
                {
                    q[(i * classes) + i] += r[(j * classes) + i] * r[(j * classes) + i];
                    q[(i * classes) + j] = -r[(j * classes) + i] * r[(i * classes) + j];
                }
            }
        }

        for (int round = 0; round < 100; round++)
        {
            double total = 0;
            for (int i = 0; i < classes; i++)
            {
                product[i] = 0;
                for (int j = 0; j < classes; j++)
                {
                    product[i] += q[(i * classes) + j] * p[j];
                }

                total += p[i] * product[i];
            }

            double error = 0;
            for (int i = 0; i < classes; i++)
            {
                error = Math.Max(error, Math.Abs(product[i] - total));
            }

            if (error < 0.005 / classes)
            {
                return;
            }

            for (int i = 0; i < classes; i++)
            {
                double step = (total - product[i]) / q[(i * classes) + i];
                double scale = 1 + step;
                p[i] = (float)(p[i] + step);
                total = (total + (step * ((step * q[(i * classes) + i]) + (2 * product[i])))) / (scale * scale);
                for (int j = 0; j < classes; j++)
                {
                    product[j] = (product[j] + (step * q[(i * classes) + j])) / scale;
                    p[j] = (float)(p[j] / scale);
                }
            }
        }
    }
}
