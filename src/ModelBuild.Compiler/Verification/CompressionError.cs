using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Ops;
using ModelBuild.Compiler.Options;
using ModelBuild.Onnx;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Verification;

/// <summary>How far a compressed model is from the same model in 32-bit floats, over all runs of a case.</summary>
internal sealed class CompressionError
{
    private readonly ProgramRunner _floats;

    // Of each output: the sum of squared errors, the largest error, the range of the float output, values; and of those that are exact how many differ.
    private readonly List<Figures> _figures = [];

    /// <exception cref="InvalidDataException">The model compiles with fewer bits, but not in floats.</exception>
    public CompressionError(OnnxModel model, CompileOptions options)
    {
        var sink = new DiagnosticSink();
        var compiled = ModelCompiler.Compile(model, options with { Bits = Precision.Float32 }, sink) ?? throw new InvalidDataException("the model does not compile in floats");
        _floats = new ProgramRunner(compiled.Program);
    }

    /// <summary>Adds a run. In words, what no rounding explains: another type, other sizes, infinity or NaN where there was a number; else null.</summary>
    public string? Add(CaseRun run, IReadOnlyList<Tensor> outputs)
    {
        foreach (var (i, (expected, actual)) in _floats.Run(run.Inputs).Zip(outputs).Index())
        {
            if (Difference(expected, actual) is { } difference)
            {
                return $"output {i}: {difference}";
            }

            if (i == _figures.Count)
            {
                _figures.Add(new Figures());
            }

            _figures[i].Add(expected, actual);
        }

        return null;
    }

    /// <summary>The figures of every output.</summary>
    public override string ToString() => string.Join("; ", _figures.Select((figures, i) => $"output {i} {figures}"));

    // Sizes that the run finds out may follow from rounded numbers.
    private static string? Difference(Tensor expected, Tensor actual) =>
        expected.Type != actual.Type || expected.Dims.Count != actual.Dims.Count ? $"expected {expected.TensorType}, got {actual.TensorType}"
        : expected.Type.IsFloatingPoint() && expected.Dims.SequenceEqual(actual.Dims) && TensorNumbers.ToDoubles(expected)!.Zip(TensorNumbers.ToDoubles(actual)!).Any(pair => double.IsFinite(pair.First) && !double.IsFinite(pair.Second))
            ? "infinity or NaN where floats give a number"
        : null;

    private sealed class Figures
    {
        private double _squares;
        private double _largest;
        private double _low = double.PositiveInfinity;
        private double _high = double.NegativeInfinity;
        private long _count;
        private long _different;
        private long _resized;

        public void Add(Tensor expected, Tensor actual)
        {
            if (!expected.Dims.SequenceEqual(actual.Dims))
            {
                _resized++;
                return;
            }

            if (!expected.Type.IsFloatingPoint())
            {
                var (e, a) = expected.Type == ElementType.String ? ([.. expected.Strings], [.. actual.Strings]) : (Texts(expected), Texts(actual));
                _count += e.Length;
                _different += e.Zip(a).Count(pair => pair.First != pair.Second);
                return;
            }

            foreach (var (e, a) in TensorNumbers.ToDoubles(expected)!.Zip(TensorNumbers.ToDoubles(actual)!).Where(pair => double.IsFinite(pair.First)))
            {
                _squares += (e - a) * (e - a);
                _largest = Math.Max(_largest, Math.Abs(e - a));
                (_low, _high) = (Math.Min(_low, e), Math.Max(_high, e));
                _count++;
            }
        }

        public override string ToString()
        {
            var range = _high > _low ? _high - _low : Math.Max(Math.Abs(_high), double.Epsilon);
            var resized = _resized > 0 ? $", {_resized} runs of another size" : string.Empty;
            return _count == 0 ? $"empty{resized}"
                : double.IsInfinity(_low) ? $"{_different} of {_count} differ{resized}"
                : string.Create(CultureInfo.InvariantCulture, $"rms {Math.Sqrt(_squares / _count) / range:P2} of the range, largest {_largest / range:P2}{resized}");
        }

        private static string[] Texts(Tensor tensor) => TensorNumbers.ToDoubles(tensor) is { } numbers ? [.. numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture))] : [Convert.ToHexString(tensor.Bytes)];
    }
}
