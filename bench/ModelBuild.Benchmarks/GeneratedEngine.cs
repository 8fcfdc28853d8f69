using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Testing;

namespace ModelBuild.Benchmarks;

/// <summary>The classes that the build generated for this program.</summary>
internal sealed class GeneratedEngine : IEngine
{
    public string Name => "ModelBuild";

    public string ProgramFolder => "ModelBuild";

    public IContender? Open(string model, Precision precision) =>
        GeneratedModels.Find(model, precision) is { } generated ? new Contender(generated) : null;

    public IReadOnlyList<string> ProgramArguments(string model, Precision precision) => [model, precision.ToString()];

    /// <summary>The program holds all models of the comparison, of which one would ship: less than nothing. The code of the others stays in the figure.</summary>
    public long BytesBeside(string model, Precision precision) =>
        -BenchmarkModels.Names.SelectMany(_ => Enum.GetValues<Precision>(), (name, p) => (name, p))
            .Where(other => other != (model, precision))
            .Sum(other => GeneratedModels.Find(other.name, other.p)?.WeightBytes ?? 0);

    private sealed class Contender(GeneratedModel model) : IContender
    {
        private readonly float[][] _outputs = [.. model.OutputLengths.Select(length => new float[length])];
        private float[][] _inputs = [];

        public long ModelBytes { get; } = model.WeightBytes;

        public ReadOnlySpan<float> Output => _outputs[0];

        public void Load(IReadOnlyList<Tensor> inputs)
        {
            if (_inputs.Length == 0)
            {
                _inputs = [.. inputs.Select(input => new float[input.Length])];
            }

            for (int i = 0; i < inputs.Count; i++)
            {
                inputs[i].Values<float>().CopyTo(_inputs[i]);
            }
        }

        public void Run() => model.Predict(_inputs, _outputs);

        public void Dispose()
        {
        }
    }
}
