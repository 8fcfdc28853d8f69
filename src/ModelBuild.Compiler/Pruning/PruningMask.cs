using System;
using System.Linq;
using ModelBuild.Compiler.Compression;
using ModelBuild.Compiler.Options;

namespace ModelBuild.Compiler.Pruning;

/// <summary>Which weights of a layer stay, by (inner, output) of its matrix [Inner, Outputs].</summary>
internal sealed class PruningMask
{
    private readonly bool[] _kept;
    private readonly int _outputs;

    private PruningMask(bool[] kept, int outputs)
    {
        _kept = kept;
        _outputs = outputs;
    }

    public int Removed => _kept.Count(kept => !kept);

    public bool Keeps(int inner, int output) => _kept[(inner * _outputs) + output];

    /// <summary>
    /// Removes the blocks of smallest importance: the fraction <see cref="CompileOptions.Sparsity"/> of them, and all below
    /// <see cref="CompileOptions.SparsityThreshold"/>. Importance is the mean magnitude of a block's weights (L1) or the root of their mean square (L2); blocks at the
    /// edges may be smaller. Among equals the first goes first.
    /// </summary>
    public static PruningMask Of(WeightLayer layer, CompileOptions options)
    {
        var (rows, columns) = options.SparsityPattern;
        var (down, across) = ((layer.Inner + rows - 1) / rows, (layer.Outputs + columns - 1) / columns);
        var importance = new double[down * across];
        for (var block = 0; block < importance.Length; block++)
        {
            importance[block] = Importance(layer, block / across * rows, block % across * columns, options);
        }

        var count = (int)(options.Sparsity * importance.Length);
        var removed = new bool[importance.Length];
        foreach (var (block, rank) in Enumerable.Range(0, importance.Length).OrderBy(block => importance[block]).Select((block, rank) => (block, rank)))
        {
            removed[block] = rank < count || importance[block] < options.SparsityThreshold;
        }

        var kept = new bool[layer.Inner * layer.Outputs];
        for (var i = 0; i < kept.Length; i++)
        {
            kept[i] = !removed[(i / layer.Outputs / rows * across) + (i % layer.Outputs / columns)];
        }

        return new PruningMask(kept, layer.Outputs);
    }

    private static double Importance(WeightLayer layer, int firstInner, int firstOutput, CompileOptions options)
    {
        var weights = layer.Weights.As<float>();
        var (sum, count) = (0.0, 0);
        for (var inner = firstInner; inner < Math.Min(firstInner + options.SparsityPattern.Rows, layer.Inner); inner++)
        {
            for (var output = firstOutput; output < Math.Min(firstOutput + options.SparsityPattern.Columns, layer.Outputs); output++)
            {
                double weight = weights[layer.Offset(inner, output)];
                sum += options.SparsityNorm == Options.Importance.L1 ? Math.Abs(weight) : weight * weight;
                count++;
            }
        }

        return options.SparsityNorm == Options.Importance.L1 ? sum / count : Math.Sqrt(sum / count);
    }
}
