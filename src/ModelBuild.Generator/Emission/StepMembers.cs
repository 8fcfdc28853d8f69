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
        var steps = Steps(model);
        var parts = FlowText.Parts(model.Plan.Steps, StepsPerMethod);
        code.Separate();
        if (parts.Count <= 1)
        {
            OpenRun(code, model);
            FlowText.Write(code, model, model.Plan.Steps, steps);
            code.Close();
        }
        else
        {
            WriteParts(code, model, parts, steps);
        }

        var deliveries = steps.Values.Where(step => step.IsDelivery).ToList();
        if (deliveries.Count > 0)
        {
            code.Separate();
            code.Line("// Copies the results whose sizes the run has found out to where the caller wants them.");
            code.Open($"private static void Deliver({string.Join(", ", DeliveryParameters(model))})");
            foreach (var step in deliveries)
            {
                WriteDelivery(code, model, step);
            }

            code.Close();
        }

        var all = steps.Values.OrderBy(step => step.Number).ToList();
        WriteMethods(code, model, all);
        WriteOnStep(code, all, model);
        ParallelSteps.WriteJob(code, model, all);
    }

    /// <summary>The parameters of <c>Deliver</c>, without modifiers where <paramref name="asArguments"/>.</summary>
    public static IEnumerable<string> DeliveryParameters(ModelContext model, bool asArguments = false)
    {
        var outputs = model.Outputs.Where(model.IsLate);
        var inputs = model.Plan.Calls.Where(call => call.Buffers.Any(argument => argument.IsWritten && outputs.Contains(argument.Buffer)))
            .SelectMany(call => call.Buffers).Select(argument => argument.Buffer).Where(buffer => model.Plan.Buffers[buffer].Storage == Storage.Input).Distinct();
        string Argument(string type, string name) => asArguments ? name : $"{type} {name}";
        return inputs.Concat(outputs).Select(buffer => asArguments ? model.Names.Buffer(buffer) : model.Parameter(buffer))
            .Concat(model.Arena.IsEmpty ? [] : [Argument("Span<byte>", "arena")])
            .Concat(model.UsesMemory ? [Argument("ModelArena", "memory")] : [])
            .Append(asArguments ? "in sizes" : "in Sizes sizes");
    }

    public static IReadOnlyList<Step> Preparations(ModelContext model) =>
        [.. model.Plan.PrepareSteps.Select((call, i) => new Step(model, call, i + 1, isPreparation: true))];

    /// <summary>Writes one commented call for each step.</summary>
    public static void WriteCalls(CodeWriter code, ModelContext model, IReadOnlyList<Step> steps)
    {
        foreach (var step in steps)
        {
            WriteCall(code, model, step);
        }
    }

    // Nothing is delivered where the caller does without the output.
    private static void WriteDelivery(CodeWriter code, ModelContext model, Step step)
    {
        if (!model.CanSkipOutputs)
        {
            WriteCall(code, model, step);
            return;
        }

        code.Separate();
        code.Open($"if ({string.Join(" && ", step.Parameters.Where(model.IsLate).Select(output => $"!{model.Names.Buffer(output)}.IsEmpty"))})");
        WriteCall(code, model, step);
        code.Close();
    }

    /// <summary>Writes the commented call of a step.</summary>
    public static void WriteCall(CodeWriter code, ModelContext model, Step step)
    {
        var note = step.Call.Note.Length == 0 ? string.Empty : $": {Literals.Comment(step.Call.Note)}";
        code.Separate();
        code.Line($"// {step.Number}. {HeaderText.Nodes(step.Call)}{note}{ParallelSteps.Note(model, step)}");
        code.Line($"{step.Name}({step.Arguments});");
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
            var name = buffer.Storage is Storage.Arena or Storage.Late ? model.Names.Buffer(index) : model.Names.PreparedLocal(index);
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

    // The kernel calls of the plan, numbered from 1.
    private static Dictionary<PlanStep, Step> Steps(ModelContext model)
    {
        var steps = new Dictionary<PlanStep, Step>(ByReference.Instance);
        foreach (var call in model.Plan.Calls)
        {
            steps.Add(call, new Step(model, call, steps.Count + 1, isPreparation: false));
        }

        return steps;
    }

    /// <summary>The expression for a buffer's memory, from that of the run.</summary>
    public static string Cut(ModelContext model, PlanBuffer buffer, DimText? dims = null)
    {
        if (buffer.Length is { IsConstant: true, Constant: 0 })
        {
            return "default";
        }

        if (buffer.Storage == Storage.Late)
        {
            if (buffer.Type == ElementType.String)
            {
                return $"memory.Texts({buffer.Slot}, {(dims ?? model.Dims).Of(buffer.Length)})";
            }

            return $"memory.Late<{buffer.Type.CSharpName()}>({buffer.Slot}, {(dims ?? model.Dims).Of(buffer.Length)})";
        }

        var (memory, offset) = buffer.Storage == Storage.Arena ? ("arena", model.Arena.OffsetOf(buffer)) : ("prepared", Literals.Of(buffer.Offset));
        return $"ModelArena.Cut<{buffer.Type.CSharpName()}>({memory}, {offset}, {(dims ?? model.Dims).Of(buffer.Length)})";
    }

    private static void OpenRun(CodeWriter code, ModelContext model)
    {
        code.Open($"private static void Run({RunParameters(model)})");
        if (model.CountsCalls)
        {
            code.Line("LateAvx512.CountCall();");
        }
    }

    private static void WriteParts(CodeWriter code, ModelContext model, IReadOnlyList<IReadOnlyList<PlanStep>> parts, Dictionary<PlanStep, Step> steps)
    {
        string NameOf(IReadOnlyList<PlanStep> part) => $"Run{steps[part.First(step => step is KernelCall)].Number}To{steps[part.Last(step => step is KernelCall)].Number}";
        OpenRun(code, model);
        foreach (var part in parts)
        {
            code.Line($"{NameOf(part)}({string.Join(", ", RunArguments(model))});");
        }

        code.Close();
        foreach (var part in parts)
        {
            code.Separate();
            code.Open($"private static void {NameOf(part)}({RunParameters(model)})");
            FlowText.Write(code, model, part, steps);
            code.Close();
        }
    }

    /// <summary>The arguments of <c>Run</c> where everything has the name of its parameter.</summary>
    public static IEnumerable<string> RunArguments(ModelContext model, string arena = "arena", string memory = "memory") =>
        model.Inputs.Concat(model.Outputs.Where(output => !model.IsLate(output))).Select(model.Names.Buffer)
            .Concat(model.Arena.IsEmpty ? [] : [arena])
            .Concat(model.UsesMemory ? [memory] : [])
            .Concat(model.IsDynamic ? [$"{model.SizesModifier} sizes"] : []);

    private static string RunParameters(ModelContext model) => string.Join(
        ", ",
        model.Inputs.Concat(model.Outputs.Where(output => !model.IsLate(output))).Select(model.Parameter)
            .Concat(model.Arena.IsEmpty ? [] : ["Span<byte> arena"])
            .Concat(model.UsesMemory ? ["ModelArena memory"] : [])
            .Concat(model.IsDynamic ? [$"{model.SizesModifier} Sizes sizes"] : []));

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
