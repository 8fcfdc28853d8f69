using System.Collections.Generic;
using System.Linq;
using ModelBuild.Plan;

namespace ModelBuild.Generator.Emission;

/// <summary>
/// Writes the heads of the <c>Predict</c> methods with their documentation, which are the same whether the model was built or only its signature is known.
/// </summary>
internal static class PredictSignature
{
    public static string Spans(ModelContext model) => $"public static void Predict({string.Join(", ", SpanParameters(model))})";

    public static string WithWorkspace(ModelContext model) => $"public static void Predict({string.Join(", ", SpanParameters(model).Append("Workspace workspace"))})";

    public static string Arrays(ModelContext model)
    {
        var parameters = model.Inputs.Select(model.Parameter).Concat(SizeParameters(model)).Concat(SizeResults(model));
        return $"public static {ArrayResult(model, model.Outputs)} Predict({string.Join(", ", parameters)})";
    }

    /// <summary>The private form that runs in the memory of an arena.</summary>
    public static string InArena(ModelContext model) => $"private static void PredictIn({string.Join(", ", SpanParameters(model).Append("ModelArena arena"))})";

    /// <summary>The form that takes states from an object and leaves them there.</summary>
    public static string WithStates(ModelContext model)
    {
        var spans = model.Inputs.Concat(model.Outputs).Where(buffer => !model.IsState(buffer)).Select(model.Parameter);
        return $"public static void Predict({string.Join(", ", spans.Concat(SizeParameters(model)).Concat(SizeResults(model)).Append("States states"))})";
    }

    /// <summary><see cref="WithStates"/> that allocates the results.</summary>
    public static string ArraysWithStates(ModelContext model)
    {
        var parameters = model.Inputs.Where(buffer => !model.IsState(buffer)).Select(model.Parameter).Concat(SizeParameters(model)).Append("States states");
        return $"public static {ArrayResult(model, [.. model.Outputs.Where(buffer => !model.IsState(buffer))])} Predict({string.Join(", ", parameters)})";
    }

    public static void DocumentSpans(CodeWriter code, ModelContext model)
    {
        code.Line($"/// <summary>Runs the model. Safe from any thread; allocates nothing, except when more runs are under way, or larger ones, than ever before.{Threads(model)}</summary>");
        Document(code, SignatureMembers.ParameterDocumentation(model, withOutputs: true));
    }

    public static void DocumentWorkspace(CodeWriter code, ModelContext model)
    {
        code.Line($"/// <summary>Runs the model in memory that the caller owns.{Threads(model)}</summary>");
        Document(code, SignatureMembers.ParameterDocumentation(model, withOutputs: true));
        code.Line("/// <param name=\"workspace\">Scratch memory; not for two runs at the same time.</param>");
    }

    public static void DocumentStates(CodeWriter code, ModelContext model, bool withOutputs)
    {
        var allocates = withOutputs ? string.Empty : " Allocates the result and nothing else.";
        code.Line($"/// <summary>Runs the model on the next piece of a stream.{allocates}{Threads(model)}</summary>");
        Document(code, SignatureMembers.ParameterDocumentation(model, withOutputs, withStates: false));
        code.Line("/// <param name=\"states\">What the stream has left so far, which the run reads and replaces; not for two runs at the same time.</param>");
        if (!withOutputs)
        {
            DocumentResult(code, model, [.. model.Outputs.Where(buffer => !model.IsState(buffer))]);
        }
    }

    public static void DocumentArrays(CodeWriter code, ModelContext model)
    {
        code.Line($"/// <summary>Runs the model. Safe from any thread; allocates the result and nothing else.{Threads(model)}</summary>");
        Document(code, SignatureMembers.ParameterDocumentation(model, withOutputs: false));
        DocumentResult(code, model, model.Outputs);
    }

    private static void DocumentResult(CodeWriter code, ModelContext model, IReadOnlyList<int> outputs)
    {
        var shapes = outputs.Select(output => Literals.Xml($"\"{OnnxName(model.Plan.Buffers[output])}\", {ModelContext.Shape(model.Plan.Buffers[output])}"));
        code.Line($"/// <returns>{(outputs.Count == 1 ? "Output" : "Outputs")} {string.Join("; ", shapes)}.</returns>");
    }

    public static void WriteWorkspaceSummary(CodeWriter code) =>
        code.Line("/// <summary>Scratch memory for one run at a time, for those who want to own it. It grows to the largest run that it has seen.</summary>");

    private static string Threads(ModelContext model) => ParallelSteps.Summary(model.Plan) is { Length: > 0 } threads ? " " + threads : string.Empty;

    private static void Document(CodeWriter code, IEnumerable<string> parameters)
    {
        foreach (var parameter in parameters)
        {
            code.Line(parameter);
        }
    }

    private static string OnnxName(PlanBuffer buffer) => buffer.OnnxName.Length == 0 ? buffer.Name : buffer.OnnxName;

    private static IEnumerable<string> SpanParameters(ModelContext model) => model.Inputs.Concat(model.Outputs).Select(model.Parameter).Concat(SizeParameters(model)).Concat(SizeResults(model));

    private static IEnumerable<string> SizeParameters(ModelContext model) => model.SizeParameters.Select(symbol => $"int {model.Names.Symbol(symbol.Name)}");

    private static IEnumerable<string> SizeResults(ModelContext model) => model.SizeResults.Select(symbol => $"out int {model.Names.Symbol(symbol.Name)}");

    // One array, or a tuple of arrays with the outputs' names.
    private static string ArrayResult(ModelContext model, IReadOnlyList<int> outputs)
    {
        var arrays = outputs.Select(output => model.Plan.Buffers[output].Type.CSharpName() + "[]").ToList();
        return arrays.Count == 1 ? arrays[0] : $"({string.Join(", ", arrays.Zip(outputs, (type, output) => $"{type} {model.Names.Constant(output, string.Empty)}"))})";
    }
}
