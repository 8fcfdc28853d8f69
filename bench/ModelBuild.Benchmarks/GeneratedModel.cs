using System;

namespace ModelBuild.Benchmarks;

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
