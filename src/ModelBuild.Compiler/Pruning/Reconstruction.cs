using System;
using System.Linq;
using ModelBuild.Compiler.Compression;

namespace ModelBuild.Compiler.Pruning;

/// <summary>
/// Fits the weights that pruning leaves, and the bias, so that the layer gives what it gave before, in the least squares sense: for each output minimizes
/// sum over rows of (x' w + b - (z' w0 + b0))^2 + r * |w - w0|^2 over the weights that stay, where x is the input of the pruned and z that of the original model. The
/// penalty keeps weights that the samples say little about where they were. With a bias the means are taken out first, and then give the new bias.
/// </summary>
internal static class Reconstruction
{
    /// <summary>The penalty r as a fraction of the mean second moment of an input; docs/compression.md has the measurements.</summary>
    public const double Penalty = 0.1;

    private const int MostIterations = 64;
    private const double Precision = 1e-6;

    /// <summary>Weights in the layout of the layer's, and the bias, empty where the layer has none.</summary>
    public static (float[] Weights, float[] Bias) Fit(WeightLayer layer, PruningMask mask, InputMoments moments)
    {
        if (layer.Bias is not null)
        {
            moments.Centre();
        }

        var trace = Enumerable.Range(0, moments.Inner).Sum(i => moments.Gram[(i * moments.Inner) + i]);
        var penalty = Math.Max(Penalty * trace / moments.Inner, double.Epsilon);
        var weights = new float[layer.Weights.Length];
        var bias = layer.Bias?.As<float>().ToArray() ?? [];
        for (var output = 0; output < layer.Outputs; output++)
        {
            var original = Column(layer, output);
            var kept = Enumerable.Range(0, layer.Inner).Where(inner => mask.Keeps(inner, output)).ToArray();
            var change = Solve(moments, original, kept, penalty);
            for (var i = 0; i < kept.Length; i++)
            {
                weights[layer.Offset(kept[i], output)] = (float)(original[kept[i]] + change[i]);
            }

            if (bias.Length > 0)
            {
                bias[output] += (float)Enumerable.Range(0, layer.Inner).Sum(i => (moments.OriginalMean(i) * original[i]) - (moments.Mean(i) * weights[layer.Offset(i, output)]));
            }
        }

        return (weights, bias);
    }

    private static double[] Column(WeightLayer layer, int output)
    {
        var weights = layer.Weights.As<float>();
        var column = new double[layer.Inner];
        for (var inner = 0; inner < column.Length; inner++)
        {
            column[inner] = weights[layer.Offset(inner, output)];
        }

        return column;
    }

    // Conjugate gradients for (G + r) change = C w0 - G w0 on the weights that stay. The matrix is positive definite; a start at zero means that stopping early
    // leaves the weights nearer to where they were.
    private static double[] Solve(InputMoments moments, double[] original, int[] kept, double penalty)
    {
        var residual = new double[kept.Length];
        for (var i = 0; i < kept.Length; i++)
        {
            var row = kept[i] * moments.Inner;
            for (var j = 0; j < original.Length; j++)
            {
                residual[i] += moments.Cross[row + j] * original[j];
            }

            foreach (var j in kept)
            {
                residual[i] -= moments.Gram[row + j] * original[j];
            }
        }

        var (change, direction, product) = (new double[kept.Length], residual.ToArray(), new double[kept.Length]);
        var norm = Dot(residual, residual);
        var goal = norm * Precision * Precision;
        for (var iteration = 0; iteration < MostIterations && norm > goal; iteration++)
        {
            for (var i = 0; i < kept.Length; i++)
            {
                var (sum, row) = (penalty * direction[i], kept[i] * moments.Inner);
                for (var j = 0; j < kept.Length; j++)
                {
                    sum += moments.Gram[row + kept[j]] * direction[j];
                }

                product[i] = sum;
            }

            var step = norm / Dot(direction, product);
            for (var i = 0; i < kept.Length; i++)
            {
                change[i] += step * direction[i];
                residual[i] -= step * product[i];
            }

            var next = Dot(residual, residual);
            for (var i = 0; i < kept.Length; i++)
            {
                direction[i] = residual[i] + (next / norm * direction[i]);
            }

            norm = next;
        }

        return change;
    }

    private static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
