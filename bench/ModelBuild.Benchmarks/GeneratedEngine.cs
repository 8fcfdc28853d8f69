using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Testing;

namespace ModelBuild.Benchmarks;

/// <summary>The classes that the build generated for this program.</summary>
internal sealed class GeneratedEngine : IEngine
{
    public string Name => "ModelBuild";

    public string Key => "modelbuild";

    /// <summary>Nothing ships but the program itself.</summary>
    public long RuntimeBytes => 0;

    public IContender? Open(string model, Precision precision) =>
        GeneratedModels.Find(model, precision) is { } generated ? new Contender(generated) : null;

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

/// <summary>A generated class behind arrays.</summary>
/// <param name="Type">The class, whose assembly holds the weights under its name.</param>
/// <param name="OutputLengths">Values of each output, batch 1.</param>
/// <param name="Predict">The call.</param>
internal sealed record GeneratedModel(Type Type, int[] OutputLengths, Action<float[][], float[][]> Predict)
{
    /// <summary>What the model adds to the program's size.</summary>
    public long WeightBytes
    {
        get
        {
            using var weights = Type.Assembly.GetManifestResourceStream($"{Type.FullName}.weights");
            return weights?.Length ?? 0;
        }
    }
}
