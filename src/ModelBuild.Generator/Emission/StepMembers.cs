using System.Collections.Generic;
using System.Linq;
using ModelBuild.Plan;

namespace ModelBuild.Generator.Emission;

/// <summary>
/// Writes <c>Run</c>, which lists the steps, and a method for each step, which cuts its buffers from the arena and calls one kernel: small methods are what the
/// JIT optimizes best, and what a debugger and a profiler show best.
/// </summary>
internal static class StepMembers
{
    // The JIT stops optimizing methods of more than 60,000 bytes of IL; a call of a step takes 30 or so, more with many parameters.
    private const int StepsPerMethod = 200;

    public static void Write(CodeWriter code, ModelContext model)
    {
        var steps = model.Plan.Steps.Select((call, i) => new Step(model, call, i + 1, isPreparation: false)).ToList();
        var parts = steps.Select((step, i) => (step, i)).GroupBy(pair => pair.i / StepsPerMethod, pair => pair.step).Select(part => part.ToList()).ToList();
        code.Separate();
        if (parts.Count <= 1)
        {
            code.Open($"private static void Run({RunParameters(model)})");
            WriteCalls(code, model, steps);
            code.Close();
        }
        else
        {
            WriteParts(code, model, parts);
        }

        WriteMethods(code, model, steps);
        WriteOnStep(code, steps, model);
        ParallelSteps.WriteJob(code, model, steps);
    }

    public static IReadOnlyList<Step> Preparations(ModelContext model) =>
        [.. model.Plan.PrepareSteps.Select((call, i) => new Step(model, call, i + 1, isPreparation: true))];

    /// <summary>Writes one commented call for each step.</summary>
    public static void WriteCalls(CodeWriter code, ModelContext model, IReadOnlyList<Step> steps)
    {
        foreach (var step in steps)
        {
            var note = step.Call.Note.Length == 0 ? string.Empty : $": {Literals.Comment(step.Call.Note)}";
            code.Separate();
            code.Line($"// {step.Number}. {HeaderText.Nodes(step.Call)}{note}{ParallelSteps.Note(model, step)}");
            code.Line($"{step.Name}({step.Arguments});");
        }
    }

    public static void WriteMethods(CodeWriter code, ModelContext model, IReadOnlyList<Step> steps)
    {
        foreach (var step in steps)
        {
            code.Separate();
            if (step.IsParallel)
            {
                ParallelSteps.WriteMethods(code, model, step);
                continue;
            }

            code.Open($"private static void {step.Name}({step.Declaration})");
            WriteSymbols(code, model, step.Symbols);
            WriteCuts(code, model, step);
            CallText.Write(code, model, step);
            if (!step.IsPreparation)
            {
                WriteOnStepCalls(code, model, step);
            }

            code.Close();
        }
    }

    /// <summary>Writes the local variables that hold the sizes of a run.</summary>
    public static void WriteSymbols(CodeWriter code, ModelContext model, IEnumerable<string> symbols)
    {
        foreach (var symbol in symbols)
        {
            code.Line($"int {model.Names.Symbol(symbol)} = sizes.{model.Names.SymbolField(symbol)};");
        }
    }

    /// <summary>Writes the local variables that are the buffers which the step cuts.</summary>
    public static void WriteCuts(CodeWriter code, ModelContext model, Step step)
    {
        foreach (var (index, isWritten) in step.Buffers.Where(buffer => step.IsCut(model.Plan.Buffers[buffer.Index])))
        {
            var buffer = model.Plan.Buffers[index];
            var span = isWritten ? "Span" : "ReadOnlySpan";
            var name = buffer.Storage == Storage.Arena ? model.Names.Buffer(index) : model.Names.PreparedLocal(index);
            var note = buffer.Note.Length == 0 ? string.Empty : $", {Literals.Comment(buffer.Note)}";
            code.Line($"{span}<{buffer.Type.CSharpName()}> {name} = {Cut(model, buffer)}; // {ModelContext.Shape(buffer)}{note}");
        }
    }

    /// <summary>Writes a call of <c>OnStep</c> for each buffer that the step writes.</summary>
    public static void WriteOnStepCalls(CodeWriter code, ModelContext model, Step step)
    {
        foreach (var index in step.Results)
        {
            var buffer = model.Plan.Buffers[index];
            var onnxName = buffer.OnnxName.Length > 0 ? buffer.OnnxName : step.Call.Nodes.Count > 0 ? step.Call.Nodes[step.Call.Nodes.Count - 1] : buffer.Name;
            code.Line($"OnStep({Literals.Of(onnxName)}, {(step.IsParallel && step.IsCut(buffer) ? Cut(model, buffer) : model.Names.Buffer(index))});");
        }
    }

    private static string Cut(ModelContext model, PlanBuffer buffer)
    {
        var (memory, offset) = buffer.Storage == Storage.Arena ? ("arena", model.Arena.OffsetOf(buffer)) : ("prepared", Literals.Of(buffer.Offset));
        return $"ModelArena.Cut<{buffer.Type.CSharpName()}>({memory}, {offset}, {model.Dims.Of(buffer.Length)})";
    }

    private static void WriteParts(CodeWriter code, ModelContext model, List<List<Step>> parts)
    {
        string NameOf(List<Step> part) => $"Run{part[0].Number}To{part[part.Count - 1].Number}";
        var arguments = model.Inputs.Concat(model.Outputs).Select(model.Names.Buffer).Concat(model.Arena.IsEmpty ? [] : ["arena"]).Concat(model.IsDynamic ? ["in sizes"] : []);
        code.Open($"private static void Run({RunParameters(model)})");
        foreach (var part in parts)
        {
            code.Line($"{NameOf(part)}({string.Join(", ", arguments)});");
        }

        code.Close();
        foreach (var part in parts)
        {
            code.Separate();
            code.Open($"private static void {NameOf(part)}({RunParameters(model)})");
            WriteCalls(code, model, part);
            code.Close();
        }
    }

    private static string RunParameters(ModelContext model) => string.Join(
        ", ",
        model.Inputs.Concat(model.Outputs).Select(model.Parameter)
            .Concat(model.Arena.IsEmpty ? [] : ["Span<byte> arena"])
            .Concat(model.IsDynamic ? ["in Sizes sizes"] : []));

    private static void WriteOnStep(CodeWriter code, IReadOnlyList<Step> steps, ModelContext model)
    {
        var types = steps.SelectMany(step => step.Results).Select(index => model.Plan.Buffers[index].Type).Distinct().OrderBy(type => type);
        foreach (var type in types)
        {
            code.Separate();
            code.Line("/// <summary>Sees every intermediate result, if you implement it in your own part of this class; otherwise the calls vanish.</summary>");
            code.Line("/// <param name=\"onnxName\">The ONNX value that was computed, or the last ONNX node of the step where it has no name.</param>");
            code.Line("/// <param name=\"values\">Its values as they lie in memory; valid until the call returns.</param>");
            code.Line($"static partial void OnStep(string onnxName, ReadOnlySpan<{type.CSharpName()}> values);");
        }
    }
}
