using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>
/// The decision trees of ai.onnx.ml. Nodes lie in arrays, of each the feature, the value it is compared with, how (see <see cref="LessOrEqual"/> and the others),
/// and where to go; a leaf has entries, each a target and a weight. Weights are added in the order of the trees.
/// </summary>
internal static class TreeEnsemble
{
    public const int LessOrEqual = 0;
    public const int Less = 1;
    public const int GreaterOrEqual = 2;
    public const int Greater = 3;
    public const int Equal = 4;
    public const int NotEqual = 5;
    public const int Leaf = 6;
    public const int Member = 7;

    public const int Sum = 0;
    public const int Average = 1;
    public const int Min = 2;
    public const int Max = 3;

    /// <summary>Computes the scores of each row, and whether any leaf had a weight for them.</summary>
    /// <param name="x">[rows, features].</param>
    /// <param name="feature">Of each node.</param>
    /// <param name="value">Of each node; the first of a set's values for <see cref="Member"/>.</param>
    /// <param name="mode">Of each node; 16 is added where a missing value, NaN, takes the branch of "true".</param>
    /// <param name="onTrue">The next node; of a leaf its first entry; of a set, in <paramref name="sets"/>, its first value.</param>
    /// <param name="onFalse">The next node; of a leaf how many entries it has.</param>
    /// <param name="sets">Of each node its set: first value and count, two numbers each; empty without sets.</param>
    /// <param name="members">The values of the sets.</param>
    /// <param name="roots">Of each tree.</param>
    /// <param name="targets">Of each entry.</param>
    /// <param name="weights">Of each entry.</param>
    /// <param name="scores">[rows, targetCount].</param>
    /// <param name="found">[rows, targetCount].</param>
    /// <param name="rows">Rows.</param>
    /// <param name="features">Features of a row.</param>
    /// <param name="targetCount">Scores of a row.</param>
    /// <param name="aggregate">How weights of several trees become one.</param>
    public static void Run<T, TScore>(
        ReadOnlySpan<T> x,
        ReadOnlySpan<int> feature,
        ReadOnlySpan<T> value,
        ReadOnlySpan<byte> mode,
        ReadOnlySpan<int> onTrue,
        ReadOnlySpan<int> onFalse,
        ReadOnlySpan<int> sets,
        ReadOnlySpan<T> members,
        ReadOnlySpan<int> roots,
        ReadOnlySpan<int> targets,
        ReadOnlySpan<TScore> weights,
        Span<TScore> scores,
        Span<byte> found,
        int rows,
        int features,
        int targetCount,
        int aggregate)
        where T : unmanaged, INumber<T>
        where TScore : unmanaged, INumber<TScore>
    {
        scores.Clear();
        found.Clear();
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<T> sample = x.Slice(row * features, features);
            Span<TScore> sums = scores.Slice(row * targetCount, targetCount);
            Span<byte> has = found.Slice(row * targetCount, targetCount);
            for (int tree = 0; tree < roots.Length; tree++)
            {
                int node = roots[tree];
                while ((mode[node] & 15) != Leaf)
                {
                    T actual = sample[feature[node]];
                    bool isTrue = (mode[node] & 16) != 0 && T.IsNaN(actual);
                    isTrue = isTrue || (mode[node] & 15) switch
                    {
                        LessOrEqual => actual <= value[node],
                        Less => actual < value[node],
                        GreaterOrEqual => actual >= value[node],
                        Greater => actual > value[node],
                        Equal => actual == value[node],
                        NotEqual => actual != value[node],
                        _ => members.Slice(sets[2 * node], sets[(2 * node) + 1]).Contains(actual),
                    };
                    node = isTrue ? onTrue[node] : onFalse[node];
                }

                for (int entry = onTrue[node]; entry < onTrue[node] + onFalse[node]; entry++)
                {
                    int target = targets[entry];
                    TScore weight = weights[entry];
                    sums[target] = has[target] == 0 ? weight : aggregate switch
                    {
                        Min => TScore.Min(sums[target], weight),
                        Max => TScore.Max(sums[target], weight),
                        _ => sums[target] + weight,
                    };
                    has[target] = 1;
                }
            }

            if (aggregate == Average)
            {
                for (int i = 0; i < sums.Length; i++)
                {
                    sums[i] /= TScore.CreateChecked(roots.Length);
                }
            }
        }
    }
}
