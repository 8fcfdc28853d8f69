using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Onnx;
using ModelBuild.Onnx.Diagnostics;

namespace ModelBuild.Compiler.Import;

/// <summary>Which of the model's inputs and outputs become parameters.</summary>
/// <param name="OptionalInputs">Inputs with a value in the model that the caller may pass another value for. Others with one are constants.</param>
/// <param name="Outputs">The outputs that are computed, in this order; all where there are none.</param>
internal sealed record SignatureChoice(IReadOnlyList<string> OptionalInputs, IReadOnlyList<string> Outputs)
{
    public static readonly SignatureChoice AsDeclared = new([], []);

    /// <summary>The chosen outputs of a model.</summary>
    public IReadOnlyList<OnnxValueInfo> OutputsOf(OnnxModel model) => Outputs.Count == 0
        ? model.Graph.Outputs
        : [.. Outputs.Select(name => model.Graph.Outputs.FirstOrDefault(output => output.Name == name)).OfType<OnnxValueInfo>()];

    /// <summary>Reports names that the model does not have.</summary>
    public void Check(OnnxModel model, DiagnosticSink sink)
    {
        var defaults = model.Graph.Initializers.Select(initializer => initializer.Name).ToHashSet();
        string[] inputs = [.. model.Graph.Inputs.Select(input => input.Name).Where(defaults.Contains)];
        string[] outputs = [.. model.Graph.Outputs.Select(output => output.Name)];
        foreach (var (option, names, known, what) in new[] { ("OptionalInputs", OptionalInputs, inputs, "inputs with a value"), ("Outputs", Outputs, outputs, "outputs") })
        {
            foreach (var name in names.Except(known))
            {
                sink.Add(OptionDiagnostics.UnknownValue.Create(model.FileName, null, option, name, Have(known, what)));
            }

            foreach (var twice in names.GroupBy(name => name).Where(group => group.Count() > 1))
            {
                sink.Add(OptionDiagnostics.Contradiction.Create(model.FileName, null, $"{option} names {DiagnosticText.Quote(twice.Key)} twice"));
            }
        }
    }

    /// <summary>How an error tells which names there are.</summary>
    public static string Have(IReadOnlyCollection<string> names, string what)
    {
        const int Shown = 20;
        var list = string.Join(", ", names.Take(Shown).Select(name => DiagnosticText.Quote(name)));
        return names.Count == 0 ? $"the model has no {what}" : $"the {what} of the model are {list}{(names.Count > Shown ? ", ..." : string.Empty)}";
    }
}
