using System.Collections.Generic;
using System.Linq;
using ModelBuild.Plan;

namespace ModelBuild.Generator.Emission;

/// <summary>Writes what carries states from one run to the next: the class <c>States</c> and the <c>Predict</c> methods that take one.</summary>
internal static class StateMembers
{
    public static void Write(CodeWriter code, ModelContext model)
    {
        if (model.Plan.States.Count == 0)
        {
            return;
        }

        WriteSpans(code, model);
        if (HasArrays(model))
        {
            WriteArrays(code, model);
        }

        WriteClass(code, model, isBuilt: true);
    }

    /// <summary>The same for a model of which only the signature is known.</summary>
    public static void WriteUnbuilt(CodeWriter code, ModelContext model)
    {
        if (model.Plan.States.Count == 0)
        {
            return;
        }

        code.Line();
        PredictSignature.DocumentStates(code, model, withOutputs: true);
        code.Line(PredictSignature.WithStates(model) + " => throw NotBuilt();");
        if (HasArrays(model))
        {
            code.Line();
            PredictSignature.DocumentStates(code, model, withOutputs: false);
            code.Line(PredictSignature.ArraysWithStates(model) + " => throw NotBuilt();");
        }

        WriteClass(code, model, isBuilt: false);
    }

    private static IReadOnlyList<int> Results(ModelContext model) => [.. model.Outputs.Where(output => !model.IsState(output))];

    // Arrays are allocated before the run, so their sizes must be known.
    private static bool HasArrays(ModelContext model) => Results(model) is { Count: > 0 } results && !results.Any(model.IsLate);

    private static void WriteSpans(CodeWriter code, ModelContext model)
    {
        var names = PropertyNames(model);
        code.Separate();
        PredictSignature.DocumentStates(code, model, withOutputs: true);
        code.Open(PredictSignature.WithStates(model));
        var isMeasured = model.Plan.States.Any(state => !model.Plan.Buffers[state.Output].Length.IsConstant);
        WriteStart(code, model, isMeasured, model.Plan.States);
        foreach (var state in model.Plan.States)
        {
            var type = model.Plan.Buffers[state.Output].Type.CSharpName();
            code.Line($"Span<{type}> {model.Names.Buffer(state.Output)} = states.{names[state]}Memory.Next({RunText.OutputLength(model, state.Output)});");
        }

        code.Line($"Predict({string.Join(", ", RunText.CallArguments(model))});");
        foreach (var state in model.Plan.States)
        {
            code.Line($"states.{names[state]}Memory.Advance();");
        }

        code.Close();
    }

    private static void WriteArrays(CodeWriter code, ModelContext model)
    {
        code.Separate();
        PredictSignature.DocumentStates(code, model, withOutputs: false);
        code.Open(PredictSignature.ArraysWithStates(model));
        WriteStart(code, model, model.IsDynamic, [.. model.Plan.States.Where(state => model.MeasuredInputs.Contains(state.Input))]);
        RunText.WriteNew(code, model, Results(model));
        code.Line($"Predict({string.Join(", ", RunText.CallArguments(model, withStates: false).Append("states"))});");
        RunText.WriteReturn(code, model, Results(model));
        code.Close();
    }

    // Checks the argument, and names the states as the other methods do.
    private static void WriteStart(CodeWriter code, ModelContext model, bool isMeasured, IReadOnlyList<PlanState> states)
    {
        var names = PropertyNames(model);
        code.Line("ArgumentNullException.ThrowIfNull(states);");
        foreach (var state in states)
        {
            code.Line($"ReadOnlySpan<{model.Plan.Buffers[state.Input].Type.CSharpName()}> {model.Names.Buffer(state.Input)} = states.{names[state]};");
        }

        if (isMeasured)
        {
            RunText.WriteDefaults(code, model);
            RunText.WriteMeasure(code, model);
        }
    }

    private static void WriteClass(CodeWriter code, ModelContext model, bool isBuilt)
    {
        var names = PropertyNames(model);
        var states = model.Plan.States;
        code.Separate();
        code.Line("/// <summary>What a stream leaves from one run to the next. Each stream needs one of its own; it is for one run at a time.</summary>");
        code.Open("public sealed class States");
        WriteConstructor(code, model, names, isBuilt);
        foreach (var state in states)
        {
            var buffer = model.Plan.Buffers[state.Input];
            code.Line();
            code.Line($"/// <summary>{Literals.Xml($"Input \"{buffer.OnnxName}\", {ModelContext.Shape(buffer)}")}, of the next run, to read or to set.</summary>");
            code.Line($"public Span<{buffer.Type.CSharpName()}> {Identifiers.Escape(names[state])} => {(isBuilt ? $"{names[state]}Memory.Current" : "throw NotBuilt()")};");
        }

        code.Line();
        code.Line("/// <summary>Begins a new stream: zeros.</summary>");
        if (isBuilt)
        {
            code.Open("public void Reset()");
            foreach (var state in states)
            {
                code.Line($"{names[state]}Memory.Reset();");
            }

            code.Close();
        }
        else
        {
            code.Line("public void Reset() => throw NotBuilt();");
        }

        foreach (var state in isBuilt ? states : [])
        {
            code.Line();
            code.Line($"internal ModelState<{model.Plan.Buffers[state.Input].Type.CSharpName()}> {names[state]}Memory {{ get; }}");
        }

        code.Close();
    }

    private static void WriteConstructor(CodeWriter code, ModelContext model, IReadOnlyDictionary<PlanState, string> names, bool isBuilt)
    {
        var symbols = model.Plan.Symbols.Where(symbol => model.Plan.States.Any(state => model.Plan.Buffers[state.Input].Length.Symbols.Contains(symbol.Name))).ToList();
        code.Line("/// <summary>Begins a stream: zeros.</summary>");
        foreach (var symbol in symbols)
        {
            code.Line($"/// <param name=\"{model.Names.Symbol(symbol.Name).TrimStart('@')}\">{SignatureMembers.SizeDocumentation(symbol)}</param>");
        }

        var head = $"public States({string.Join(", ", symbols.Select(symbol => $"int {model.Names.Symbol(symbol.Name)}"))})";
        if (!isBuilt)
        {
            code.Line($"{head} => throw NotBuilt();");
            return;
        }

        code.Open(head);
        foreach (var symbol in symbols)
        {
            code.Line(ArgumentMembers.SizeCheck(model, symbol));
        }

        foreach (var state in model.Plan.States)
        {
            code.Line($"{names[state]}Memory = new({model.SignatureLength(state.Input, model.Names.Symbol)});");
        }

        code.Close();
    }

    // Properties are called like the inputs, unless that is the name of another member.
    private static Dictionary<PlanState, string> PropertyNames(ModelContext model)
    {
        HashSet<string> taken = ["STATES", "RESET"];
        return model.Plan.States.ToDictionary(state => state, state => Identifiers.Unique(model.Names.Constant(state.Input, string.Empty), taken));
    }
}
