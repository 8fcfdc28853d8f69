using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Testing;

namespace ModelBuild.Benchmarks;

/// <summary>A model with real inputs, batch 1.</summary>
/// <param name="Name">As the test data names it.</param>
/// <param name="SampleCount">How many inputs there are.</param>
/// <param name="Sample">The inputs of sample i, in graph order.</param>
/// <param name="Labels">The class of each sample; empty where there is none to name.</param>
internal sealed record BenchmarkModel(string Name, int SampleCount, Func<int, IReadOnlyList<Tensor>> Sample, IReadOnlyList<long> Labels)
{
    /// <summary>The share of samples whose largest output is the label's, or null without labels.</summary>
    public double? Accuracy(IContender contender)
    {
        if (Labels.Count == 0)
        {
            return null;
        }

        int right = Enumerable.Range(0, SampleCount).Count(i =>
        {
            contender.Load(Sample(i));
            contender.Run();
            return IndexOfLargest(contender.Output) == Labels[i];
        });
        return (double)right / SampleCount;
    }

    /// <summary>The largest difference between the outputs of two contenders, over the range of the second's: a comparison of unlike results is void.</summary>
    public double Difference(IContender contender, IContender reference)
    {
        const int Samples = 16;
        double worst = 0;
        for (int i = 0; i < Math.Min(SampleCount, Samples); i++)
        {
            IReadOnlyList<Tensor> sample = Sample(i);
            contender.Load(sample);
            contender.Run();
            reference.Load(sample);
            reference.Run();
            long length = reference.Output.Length;
            worst = Math.Max(worst, TensorDifference.RelativeToRange(Tensor.Create(reference.Output, length), Tensor.Create(contender.Output, contender.Output.Length)));
        }

        return worst;
    }

    private static int IndexOfLargest(ReadOnlySpan<float> values)
    {
        int best = 0;
        for (int i = 1; i < values.Length; i++)
        {
            best = values[i] > values[best] ? i : best;
        }

        return best;
    }
}
