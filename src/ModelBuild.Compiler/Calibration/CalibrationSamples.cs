using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Calibration;

/// <summary>The samples of one input.</summary>
/// <param name="Data">All samples, along the first axis.</param>
/// <param name="IsWhole">Whether each entry of the first axis is a whole input: the input has no axis for samples.</param>
internal sealed record InputSamples(Tensor Data, bool IsWhole)
{
    public int Count => (int)Data.Dims[0];

    /// <summary>One value for every sample; null for texts, which samples do not have.</summary>
    public static InputSamples? Repeat(Tensor value, int count)
    {
        if (value.Type == ElementType.String)
        {
            return null;
        }

        var bytes = new byte[value.Bytes.Length * count];
        for (var i = 0; i < count; i++)
        {
            value.Bytes.CopyTo(bytes.AsSpan(i * value.Bytes.Length));
        }

        return new InputSamples(new Tensor(value.Type, [count, .. value.Dims], bytes), IsWhole: true);
    }

    /// <summary>The input of one run.</summary>
    public Tensor Slice(int first, int count)
    {
        var dims = IsWhole ? Data.Dims.Skip(1) : Data.Dims.Skip(1).Prepend(count);
        var bytes = Data.Bytes.Length / Count;
        return new Tensor(Data.Type, [.. dims], Data.Bytes.Slice(first * bytes, count * bytes).ToArray());
    }
}

/// <summary>What a model is run on at build time, to learn ranges and to compare the compressed model with the original.</summary>
/// <param name="inputs">One for each input of the model, with equal counts.</param>
/// <param name="runSizes">How many samples one run may take.</param>
/// <param name="labels">The class of each sample; null where it is not known.</param>
/// <param name="isGenerated">Whether they are made up.</param>
internal sealed class CalibrationSamples(IReadOnlyList<InputSamples> inputs, (int Min, int Max) runSizes, IReadOnlyList<long>? labels, bool isGenerated)
{
    /// <summary>Number of samples, without those at the end that do not fill a run.</summary>
    public int Count { get; } = inputs.Count == 0 ? 1 : inputs[0].Count % runSizes.Max is var rest && rest < runSizes.Min ? inputs[0].Count - rest : inputs[0].Count;

    public IReadOnlyList<long>? Labels { get; } = labels;

    public bool IsGenerated { get; } = isGenerated;

    /// <summary>The inputs of the runs that use the first <paramref name="limit"/> samples, up to <paramref name="most"/> of them at a time where the model allows it.</summary>
    public IEnumerable<(int Count, IReadOnlyList<Tensor> Inputs)> Runs(int most, int limit = int.MaxValue)
    {
        var size = Math.Clamp(most, runSizes.Min, runSizes.Max);
        var end = Math.Min(Count, Math.Max(limit, runSizes.Min));
        for (var first = 0; first < end; first += size)
        {
            var count = Math.Min(size, end - first);
            if (count < runSizes.Min)
            {
                yield break;
            }

            yield return (count, [.. inputs.Select(input => input.Slice(first, count))]);
        }
    }

    /// <summary>
    /// How many samples a run takes: with a symbolic first dimension as many as its bounds allow, with a fixed one that many, and one where an input has no axis
    /// for samples or the first dimension depends on others.
    /// </summary>
    public static (int Min, int Max) RunSizes(Graph graph, IReadOnlyList<bool> isWhole)
    {
        var (min, max) = (1, int.MaxValue);
        foreach (var (input, whole) in graph.Inputs.Zip(isWhole))
        {
            if (whole || input.Type.Rank == 0)
            {
                max = 1;
            }
            else if (input.Type[0].IsConstant)
            {
                (min, max) = (Math.Max(min, (int)input.Type[0].Constant), Math.Min(max, (int)input.Type[0].Constant));
            }
            else if (graph.Symbols.FirstOrDefault(symbol => Dim.Symbol(symbol.Name).Equals(input.Type[0])) is { } symbol
                && input.Type.Shape.Skip(1).All(dim => !dim.Symbols.Contains(symbol.Name)))
            {
                (min, max) = (Math.Max(min, (int)symbol.Min), Math.Min(max, (int)symbol.Max));
            }
            else
            {
                max = 1;
            }
        }

        return (Math.Min(min, max), max);
    }
}
