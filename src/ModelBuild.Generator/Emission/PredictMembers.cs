using System.Collections.Generic;
using System.Linq;
using ModelBuild.Plan;

namespace ModelBuild.Generator.Emission;

/// <summary>Writes the public <c>Predict</c> methods, the workspace and the pool that they take their memory from.</summary>
internal static class PredictMembers
{
    public static void Write(CodeWriter code, ModelContext model)
    {
        if (!model.Arena.IsEmpty && model.Arena.IsConstant)
        {
            code.Separate();
            code.Line("/// <summary>Bytes of scratch memory that a run takes.</summary>");
            code.Line($"private const int ArenaBytes = {Literals.Of(model.Arena.ConstantBytes)};");
        }

        if (NeedsPool(model) || model.CanSkipOutputs)
        {
            code.Separate();
            code.Line("private static readonly ModelArenaPool Pool = new();");
        }

        WriteSpans(code, model);
        WriteWithWorkspace(code, model);
        if (model.CanSkipOutputs)
        {
            WriteInArena(code, model);
        }

        if (model.Outputs.Count > 0)
        {
            WriteArrays(code, model);
        }

        code.Separate();
        PredictSignature.WriteWorkspaceSummary(code);
        if (model.Arena.IsEmpty && !model.UsesMemory && !model.CanSkipOutputs)
        {
            code.Line("public sealed class Workspace;");
            return;
        }

        code.Open("public sealed class Workspace");
        code.Line("internal readonly ModelArena Arena = new();");
        code.Close();
    }

    private static void WriteSpans(CodeWriter code, ModelContext model)
    {
        code.Separate();
        PredictSignature.DocumentSpans(code, model);
        if (model.SkipsLocalsInit)
        {
            code.Line("[SkipLocalsInit]");
        }

        code.Open(PredictSignature.Spans(model));
        if (model.CanSkipOutputs && NeedsPool(model))
        {
            WriteRentedRun(code, model);
        }
        else
        {
            if (model.CanSkipOutputs)
            {
                code.Open($"if ({string.Join(" || ", model.Outputs.Select(output => $"{model.Names.Buffer(output)}.IsEmpty"))})");
                WriteRentedRun(code, model);
                code.Line("return;");
                code.Close();
                code.Line();
            }

            WriteDefaults(code, model);
            WriteChecks(code, model, model.Outputs);
            WriteRun(code, model);
        }

        code.Close();
    }

    private static void WriteRentedRun(CodeWriter code, ModelContext model)
    {
        code.Line("ModelArena arena = Pool.Rent();");
        code.Line($"PredictIn({Arguments(CallArguments(model).Append("arena"))});");
        code.Line("Pool.Return(arena);");
    }

    // A run in the memory of an arena, where outputs that the caller does without have a place, too: their values go nowhere else.
    private static void WriteInArena(CodeWriter code, ModelContext model)
    {
        code.Separate();
        code.Line("// The outputs whose spans are empty are computed and forgotten.");
        code.Open(PredictSignature.InArena(model));
        WriteDefaults(code, model);
        if (model.IsDynamic)
        {
            WriteMeasure(code, model);
        }

        var planned = model.Outputs.Where(output => !model.IsLate(output)).ToList();
        for (var i = 0; i < planned.Count; i++)
        {
            var (name, type) = (model.Names.Buffer(planned[i]), model.Plan.Buffers[planned[i]].Type);
            var memory = type == ElementType.String ? "Texts" : $"Late<{type.CSharpName()}>";
            code.Line($"{name} = {name}.IsEmpty ? arena.{memory}({model.LateSlots + i}, {OutputLength(model, planned[i])}) : {name};");
        }

        WriteCheck(code, model, model.Outputs);
        WriteRun(code, model, $"arena.Bytes({ArenaBytes(model)})", "arena");
        code.Close();
    }

    // An input that the caller does not pass is the one of the model.
    internal static void WriteDefaults(CodeWriter code, ModelContext model)
    {
        foreach (var input in model.Inputs)
        {
            if (model.DefaultOf(input) is { } constant)
            {
                code.Line($"{model.Names.Buffer(input)} = {model.Names.Buffer(input)}.IsEmpty ? Weights.{model.Names.Buffer(constant)} : {model.Names.Buffer(input)};");
            }
        }
    }

    private static void WriteWithWorkspace(CodeWriter code, ModelContext model)
    {
        code.Separate();
        PredictSignature.DocumentWorkspace(code, model);
        code.Open(PredictSignature.WithWorkspace(model));
        code.Line("ArgumentNullException.ThrowIfNull(workspace);");
        if (model.CanSkipOutputs)
        {
            code.Line($"PredictIn({Arguments(CallArguments(model).Append("workspace.Arena"))});");
        }
        else
        {
            WriteDefaults(code, model);
            WriteChecks(code, model, model.Outputs);
            WriteRun(code, model, $"workspace.Arena.Bytes({ArenaBytes(model)})", "workspace.Arena");
        }

        code.Close();
    }

    private static void WriteArrays(CodeWriter code, ModelContext model)
    {
        code.Separate();
        PredictSignature.DocumentArrays(code, model);
        code.Open(PredictSignature.Arrays(model));
        WriteDefaults(code, model);
        var late = model.Outputs.Where(model.IsLate).ToList();
        var planned = model.Outputs.Where(output => !model.IsLate(output)).ToList();
        if (late.Count > 0)
        {
            WriteChecks(code, model, []);
        }
        else if (model.IsDynamic)
        {
            WriteMeasure(code, model);
        }

        WriteNew(code, model, planned);
        if (late.Count > 0)
        {
            WriteRun(code, model, () => WriteNew(code, model, late));
        }
        else
        {
            code.Line($"Predict({Arguments(CallArguments(model))});");
        }

        WriteReturn(code, model, model.Outputs);
        code.Close();
    }

    /// <summary>Returns some outputs, which are arrays.</summary>
    internal static void WriteReturn(CodeWriter code, ModelContext model, IReadOnlyList<int> outputs)
    {
        var results = Arguments(outputs.Select(model.Names.Buffer));
        code.Line(outputs.Count == 1 ? $"return {results};" : $"return ({results});");
    }

    /// <summary>What a call of <c>Predict</c> passes on.</summary>
    /// <param name="model">The model.</param>
    /// <param name="withStates">Whether states are among the spans.</param>
    internal static IEnumerable<string> CallArguments(ModelContext model, bool withStates = true) => model.Inputs.Concat(model.Outputs)
        .Where(buffer => withStates || !model.IsState(buffer)).Select(model.Names.Buffer)
        .Concat(model.SizeParameters.Select(symbol => model.Names.Symbol(symbol.Name)))
        .Concat(model.SizeResults.Select(symbol => $"out {model.Names.Symbol(symbol.Name)}"));

    /// <summary>Allocates some outputs.</summary>
    internal static void WriteNew(CodeWriter code, ModelContext model, IEnumerable<int> outputs)
    {
        foreach (var output in outputs)
        {
            var type = model.Plan.Buffers[output].Type.CSharpName();
            code.Line($"{type}[] {model.Names.Buffer(output)} = new {type}[{OutputLength(model, output)}];");
        }
    }

    // A run in memory from the stack or from the pool.
    private static void WriteRun(CodeWriter code, ModelContext model, System.Action? makeResults = null)
    {
        if (NeedsPool(model))
        {
            code.Line("ModelArena arena = Pool.Rent();");
            WriteRun(code, model, $"arena.Bytes({ArenaBytes(model)})", "arena", makeResults);
            code.Line("Pool.Return(arena);");
            return;
        }

        if (!model.Arena.IsEmpty)
        {
            code.Line("Span<byte> memory = stackalloc byte[ArenaBytes + AlignedMemory.Alignment - 1];");
        }

        WriteRun(code, model, "AlignedMemory.Align(memory)", string.Empty, makeResults);
    }

    // The run itself. Where it finds out how large some results are, it is over before the memory for them can be checked or allocated.
    private static void WriteRun(CodeWriter code, ModelContext model, string arena, string memory, System.Action? makeResults = null)
    {
        var late = model.Outputs.Where(model.IsLate).ToList();
        if (late.Count == 0)
        {
            code.Line($"Run({Arguments(StepMembers.RunArguments(model, arena, memory))});");
            WriteSizeResults(code, model);
            return;
        }

        if (!model.Arena.IsEmpty)
        {
            code.Line($"Span<byte> bytes = {arena};");
        }

        code.Line($"Run({Arguments(StepMembers.RunArguments(model, "bytes", memory))});");
        if (makeResults is not null)
        {
            makeResults();
        }
        else
        {
            foreach (var output in late)
            {
                WriteRoomCheck(code, model, output);
            }
        }

        code.Line($"Deliver({Arguments(StepMembers.DeliveryParameters(model, asArguments: true).Select(argument => argument == "arena" ? "bytes" : argument == "memory" ? memory : argument))});");
        WriteSizeResults(code, model);
    }

    private static void WriteRoomCheck(CodeWriter code, ModelContext model, int output)
    {
        var check = $"ModelArguments.CheckRoom({model.Names.Buffer(output)}.Length, {OutputLength(model, output)}, {ArgumentMembers.Describe(model, output)});";
        if (!model.CanSkipOutputs)
        {
            code.Line(check);
            return;
        }

        code.Open($"if (!{model.Names.Buffer(output)}.IsEmpty)");
        code.Line(check);
        code.Close();
        code.Line();
    }

    private static void WriteSizeResults(CodeWriter code, ModelContext model)
    {
        foreach (var symbol in model.SizeResults)
        {
            code.Line($"{model.Names.Symbol(symbol.Name)} = sizes.{model.Names.SymbolField(symbol.Name)};");
        }
    }

    private static bool NeedsPool(ModelContext model) => model.UsesMemory || (!model.Arena.IsEmpty && !model.IsArenaOnStack);

    private static void WriteChecks(CodeWriter code, ModelContext model, IReadOnlyList<int> outputs)
    {
        if (model.IsDynamic)
        {
            WriteMeasure(code, model);
        }

        WriteCheck(code, model, outputs);
    }

    private static void WriteCheck(CodeWriter code, ModelContext model, IReadOnlyList<int> outputs)
    {
        if (outputs.Count > 0 && ArgumentMembers.HasChecks(model))
        {
            var arguments = model.Inputs.Concat(outputs).Select(model.Names.Buffer);
            code.Line($"Check({Arguments(model.IsDynamic ? arguments.Append("in sizes") : arguments)});");
        }
    }

    /// <summary>How many values an output of this run has.</summary>
    internal static string OutputLength(ModelContext model, int output) => model.SignatureLength(output, symbol => $"sizes.{model.Names.SymbolField(symbol)}");

    /// <summary>Finds the sizes of a run.</summary>
    internal static void WriteMeasure(CodeWriter code, ModelContext model) => code.Line($"Sizes sizes = Measure({Arguments(MeasureArguments(model))});");

    private static IEnumerable<string> MeasureArguments(ModelContext model) =>
        model.MeasuredInputs.Select(model.Names.Buffer).Concat(model.SizeParameters.Select(symbol => model.Names.Symbol(symbol.Name)));

    private static string ArenaBytes(ModelContext model) => model.Arena.IsConstant ? "ArenaBytes" : "sizes.ArenaBytes";

    private static string Arguments(IEnumerable<string> arguments) => string.Join(", ", arguments);
}
