using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Ops;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Calibration;

/// <summary>
/// Made-up samples for models without calibration data: good enough to see whether the compressed model computes the same function, not to say how accurate it is.
/// The report says that they were used.
/// </summary>
internal static class GeneratedSamples
{
    private const int Samples = 16;
    private const long MostElements = 1 << 22;

    // Open dimensions: as a window of sound may need hundreds of values to make one, the larger are for models that cannot run on the smaller.
    private static readonly long[] Sizes = [8, 64, 1024];

    /// <summary>Samples of several sizes, the smallest first; one where the model has no open dimensions, none where its inputs cannot be made up.</summary>
    public static IEnumerable<CalibrationSamples> OfSizes(Graph graph) => Sizes.Take(graph.Symbols.Count == 0 ? 1 : Sizes.Length).Select(size => Make(graph, size)).OfType<CalibrationSamples>();

    /// <summary>
    /// Floats are uniform in [-1, 1), integers 0 or 1, which every table has an entry for. Open dimensions are <paramref name="openSize"/>, and batches the smallest
    /// size, where their bounds allow it. Null where an input would be too large, or has a type that samples cannot have.
    /// </summary>
    private static CalibrationSamples? Make(Graph graph, long openSize)
    {
        var random = 0x9E3779B97F4A7C15UL;
        var batches = graph.Inputs.Where(input => input.Type.Rank >= 2).Select(input => input.Type[0]).ToHashSet();
        var sizes = graph.Symbols.ToDictionary(symbol => symbol.Name, symbol => Math.Clamp(batches.Contains(Dim.Symbol(symbol.Name)) ? Sizes[0] : openSize, symbol.Min, symbol.Max));
        var inputs = new List<InputSamples>();
        foreach (var input in graph.Inputs)
        {
            if (input.Default is { } standard && InputSamples.Repeat(standard, Samples) is { } repeated)
            {
                inputs.Add(repeated);
                continue;
            }

            var shape = input.Type.Shape.Select(dim => dim.Evaluate(symbol => sizes[symbol])).ToArray();
            var elements = shape.Aggregate(1.0, (product, size) => product * size);
            if (elements * Samples > MostElements || Fill(input.Type.Element, (int)elements * Samples, ref random) is not { } values)
            {
                return null;
            }

            inputs.Add(new InputSamples(values.Reshaped([Samples, .. shape]), IsWhole: true));
        }

        return new CalibrationSamples(inputs, (1, 1), labels: null, isGenerated: true);
    }

    private static Tensor? Fill(ElementType type, int length, ref ulong random)
    {
        var numbers = new float[length];
        var isFloat = type is ElementType.Float or ElementType.Float16 or ElementType.Double;
        for (var i = 0; i < length; i++)
        {
            var bits = Next(ref random) >> 54; // 10 bits: exact in every type.
            numbers[i] = isFloat ? (bits / 512f) - 1 : type switch
            {
                ElementType.BFloat16 => ((bits >> 2) / 128f) - 1,
                _ when type.IsNarrow() && !type.IsNarrowInteger() => (bits & 1) + 1,
                _ => bits & 1,
            };
        }

        return type == ElementType.Bool
            ? new Tensor(type, [length], numbers.Select(number => (byte)number).ToArray())
            : LosslessConversion.Convert(Tensor.Of<float>(numbers, length), type, out _);
    }

    // Steele and Vigna's splitmix64: the same numbers everywhere.
    private static ulong Next(ref ulong state)
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15UL;
            var z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }
}
