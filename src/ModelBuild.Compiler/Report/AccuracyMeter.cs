using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Report;

/// <summary>Counts how often a model's answer is the label: the largest of its scores, or the number that it gives.</summary>
internal sealed class AccuracyMeter(IReadOnlyList<long> labels)
{
    private int _hits;
    private int _samples;

    /// <summary>Per cent.</summary>
    public double Percent => 100.0 * _hits / _samples;

    /// <summary>The output that answers: the first one with several scores, or one whole number, for each sample; -1 where there is none.</summary>
    public static int AnswerOf(IReadOnlyList<Tensor> outputs, int samples)
    {
        for (var i = 0; i < outputs.Count; i++)
        {
            var perSample = outputs[i].Length / samples;
            if (outputs[i].Length == perSample * samples && (outputs[i].Type == ElementType.Float ? perSample > 1 : outputs[i].Type is ElementType.Int64 or ElementType.Int32 && perSample == 1))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Counts the next samples.</summary>
    public void Add(Tensor answers, int samples)
    {
        var perSample = answers.Length / samples;
        for (var i = 0; i < samples; i++)
        {
            var answer = answers.Type == ElementType.Float ? IndexOfMax(answers.As<float>().Slice(i * perSample, perSample)) : answers.ToInt64()[i];
            _hits += answer == labels[_samples++] ? 1 : 0;
        }
    }

    private static long IndexOfMax(System.ReadOnlySpan<float> scores)
    {
        var best = 0;
        for (var i = 1; i < scores.Length; i++)
        {
            best = scores[i] > scores[best] ? i : best;
        }

        return best;
    }
}
