using System.Collections.Generic;
using System.Linq;
using ModelBuild.Plan;

namespace ModelBuild.Generator.Emission;

/// <summary>Writes the statements that the <c>Predict</c> methods consist of: what checks arguments, finds sizes, runs the steps in memory, and returns results.</summary>
internal static class RunText
{
    /// <summary>Takes what the caller does not pass from the model.</summary>
    public static void WriteDefaults(CodeWriter code, ModelContext model)
    {
        foreach (var input in model.Inputs)
        {
            if (model.DefaultOf(input) is { } constant)
            {
                code.Line($"{model.Names.Buffer(input)} = {model.Names.Buffer(input)}.IsEmpty ? Weights.{model.Names.Buffer(constant)} : {model.Names.Buffer(input)};");
            }
        }
    }

    /// <summary>Returns some outputs, which are arrays.</summary>
    public static void WriteReturn(CodeWriter code, ModelContext model, IReadOnlyList<int> outputs)
    {
        var results = Arguments(outputs.Select(model.Names.Buffer));
        code.Line(outputs.Count == 1 ? $"return {results};" : $"return ({results});");
    }

    /// <summary>What a call of <c>Predict</c> passes on.</summary>
    /// <param name="model">The model.</param>
    /// <param name="withStates">Whether states are among the spans.</param>
    public static IEnumerable<string> CallArguments(ModelContext model, bool withStates = true) => model.Inputs.Concat(model.Outputs)
        .Where(buffer => withStates || !model.IsState(buffer)).Select(model.Names.Buffer)
        .Concat(model.SizeParameters.Select(symbol => model.Names.Symbol(symbol.Name)))
        .Concat(model.SizeResults.Select(symbol => $"out {model.Names.Symbol(symbol.Name)}"));

    /// <summary>Allocates some outputs.</summary>
    public static void WriteNew(CodeWriter code, ModelContext model, IEnumerable<int> outputs)
    {
        foreach (var output in outputs)
        {
            var type = model.Plan.Buffers[output].Type.CSharpName();
            code.Line($"{type}[] {model.Names.Buffer(output)} = new {type}[{OutputLength(model, output)}];");
        }
    }

    /// <summary>Writes a run in memory from the stack or from the pool. <paramref name="makeResults"/> allocates the outputs whose sizes the run finds out.</summary>
    public static void WriteRun(CodeWriter code, ModelContext model, System.Action? makeResults = null)
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

    /// <summary>Writes the run itself. Where it finds out how large some results are, it is over before the memory for them can be checked or allocated.</summary>
    public static void WriteRun(CodeWriter code, ModelContext model, string arena, string memory, System.Action? makeResults = null)
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

    /// <summary>Whether the memory of every run is rented.</summary>
    public static bool NeedsPool(ModelContext model) => model.UsesMemory || (!model.Arena.IsEmpty && !model.IsArenaOnStack);

    /// <summary>Finds the sizes of a run and checks the arguments against them.</summary>
    public static void WriteChecks(CodeWriter code, ModelContext model, IReadOnlyList<int> outputs)
    {
        if (model.IsDynamic)
        {
            WriteMeasure(code, model);
        }

        WriteCheck(code, model, outputs);
    }

    /// <summary>Checks the arguments.</summary>
    public static void WriteCheck(CodeWriter code, ModelContext model, IReadOnlyList<int> outputs)
    {
        if (outputs.Count > 0 && ArgumentMembers.HasChecks(model))
        {
            var arguments = model.Inputs.Concat(outputs).Select(model.Names.Buffer);
            code.Line($"Check({Arguments(model.IsDynamic ? arguments.Append("in sizes") : arguments)});");
        }
    }

    /// <summary>How many values an output of this run has.</summary>
    public static string OutputLength(ModelContext model, int output) => model.SignatureLength(output, symbol => $"sizes.{model.Names.SymbolField(symbol)}");

    /// <summary>Finds the sizes of a run.</summary>
    public static void WriteMeasure(CodeWriter code, ModelContext model) => code.Line($"Sizes sizes = Measure({Arguments(MeasureArguments(model))});");

    private static IEnumerable<string> MeasureArguments(ModelContext model) =>
        model.MeasuredInputs.Select(model.Names.Buffer).Concat(model.SizeParameters.Select(symbol => model.Names.Symbol(symbol.Name)));

    /// <summary>How much memory a run takes.</summary>
    public static string ArenaBytes(ModelContext model) => model.Arena.IsConstant ? "ArenaBytes" : "sizes.ArenaBytes";

    /// <summary>Joins arguments.</summary>
    public static string Arguments(IEnumerable<string> arguments) => string.Join(", ", arguments);
}
