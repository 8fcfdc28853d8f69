using System;

namespace ModelBuild.Compiler.Pruning;

/// <summary>
/// First and second moments of what a layer sums over: with rows x, the sums of x and of x * x'. Of the original model and of the pruned one, so that a layer can be
/// fitted to give, on the inputs that it gets now, what it gave before.
/// </summary>
internal sealed class InputMoments(int inner)
{
    private readonly double[] _sum = new double[inner];
    private readonly double[] _originalSum = new double[inner];

    /// <summary>Sum of x * x', with x of the pruned model, row by row.</summary>
    public double[] Gram { get; } = new double[inner * inner];

    /// <summary>Sum of x * z', with x of the pruned and z of the original model.</summary>
    public double[] Cross { get; } = new double[inner * inner];

    public int Inner => inner;

    public long Rows { get; private set; }

    public double Mean(int i) => _sum[i] / Rows;

    public double OriginalMean(int i) => _originalSum[i] / Rows;

    /// <summary>Adds rows [count, inner].</summary>
    public void Add(ReadOnlySpan<float> pruned, ReadOnlySpan<float> original)
    {
        for (var first = 0; first < pruned.Length; first += inner)
        {
            var x = pruned.Slice(first, inner);
            var z = original.Slice(first, inner);
            Rows++;
            for (var i = 0; i < inner; i++)
            {
                _sum[i] += x[i];
                _originalSum[i] += z[i];
                double factor = x[i];
                if (factor != 0)
                {
                    AddScaled(Gram.AsSpan(i * inner, inner), x, factor);
                    AddScaled(Cross.AsSpan(i * inner, inner), z, factor);
                }
            }
        }
    }

    /// <summary>Takes the means out: the moments become sums of products of deviations.</summary>
    public void Centre()
    {
        for (var i = 0; i < inner; i++)
        {
            for (var j = 0; j < inner; j++)
            {
                Gram[(i * inner) + j] -= Mean(i) * _sum[j];
                Cross[(i * inner) + j] -= Mean(i) * _originalSum[j];
            }
        }
    }

    private static void AddScaled(Span<double> sums, ReadOnlySpan<float> row, double factor)
    {
        for (var j = 0; j < sums.Length; j++)
        {
            sums[j] += factor * row[j];
        }
    }
}
