using System.Collections.Generic;
using System.Linq;
using ModelBuild.Plan;

namespace ModelBuild.Generator.Emission;

/// <summary>Writes the public <c>Predict</c> methods, the workspace and the pool that they take their memory from.</summary>
internal static class PredictMembers
{
    public static void Write(CodeWriter code, ModelContext model)
    {
        if (!model.Arena.IsEmpty)
        {
            code.Separate();
            if (model.Arena.IsConstant)
            {
                code.Line("/// <summary>Bytes of scratch memory that a run takes.</summary>");
                code.Line($"private const int ArenaBytes = {Literals.Of(model.Arena.ConstantBytes)};");
            }

            if (!model.IsArenaOnStack)
            {
                code.Separate();
                code.Line("private static readonly ModelArenaPool Pool = new();");
            }
        }

        WriteSpans(code, model);
        WriteWithWorkspace(code, model);
        if (model.Outputs.Count > 0)
        {
            WriteArrays(code, model);
        }

        code.Separate();
        PredictSignature.WriteWorkspaceSummary(code);
        if (model.Arena.IsEmpty)
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
        WriteChecks(code, model);
        if (model.Arena.IsEmpty)
        {
            code.Line(RunCall(model, null));
        }
        else if (model.IsArenaOnStack)
        {
            code.Line("Span<byte> memory = stackalloc byte[ArenaBytes + AlignedMemory.Alignment - 1];");
            code.Line(RunCall(model, "AlignedMemory.Align(memory)"));
        }
        else
        {
            code.Line("ModelArena arena = Pool.Rent();");
            code.Line(RunCall(model, $"arena.Bytes({ArenaBytes(model)})"));
            code.Line("Pool.Return(arena);");
        }

        code.Close();
    }

    private static void WriteWithWorkspace(CodeWriter code, ModelContext model)
    {
        code.Separate();
        PredictSignature.DocumentWorkspace(code, model);
        code.Open(PredictSignature.WithWorkspace(model));
        code.Line("ArgumentNullException.ThrowIfNull(workspace);");
        WriteChecks(code, model);
        code.Line(RunCall(model, model.Arena.IsEmpty ? null : $"workspace.Arena.Bytes({ArenaBytes(model)})"));
        code.Close();
    }

    private static void WriteArrays(CodeWriter code, ModelContext model)
    {
        code.Separate();
        PredictSignature.DocumentArrays(code, model);
        code.Open(PredictSignature.Arrays(model));
        if (model.IsDynamic)
        {
            code.Line($"Sizes sizes = Measure({Arguments(MeasureArguments(model))});");
        }

        foreach (var output in model.Outputs)
        {
            var length = model.SignatureLength(output, symbol => $"sizes.{model.Names.SymbolField(symbol)}");
            var type = model.Plan.Buffers[output].Type.CSharpName();
            code.Line($"{type}[] {model.Names.Buffer(output)} = new {type}[{length}];");
        }

        code.Line($"Predict({Arguments(model.Inputs.Concat(model.Outputs).Select(model.Names.Buffer).Concat(model.SizeParameters.Select(symbol => model.Names.Symbol(symbol.Name))))});");
        var results = Arguments(model.Outputs.Select(model.Names.Buffer));
        code.Line(model.Outputs.Count == 1 ? $"return {results};" : $"return ({results});");
        code.Close();
    }

    private static void WriteChecks(CodeWriter code, ModelContext model)
    {
        if (model.IsDynamic)
        {
            code.Line($"Sizes sizes = Measure({Arguments(MeasureArguments(model))});");
        }

        if (ArgumentMembers.HasChecks(model))
        {
            var arguments = model.Inputs.Concat(model.Outputs).Select(model.Names.Buffer);
            code.Line($"Check({Arguments(model.IsDynamic ? arguments.Append("in sizes") : arguments)});");
        }
    }

    private static string RunCall(ModelContext model, string? arena)
    {
        var arguments = model.Inputs.Concat(model.Outputs).Select(model.Names.Buffer).ToList();
        if (arena is not null)
        {
            arguments.Add(arena);
        }

        if (model.IsDynamic)
        {
            arguments.Add("in sizes");
        }

        return $"Run({Arguments(arguments)});";
    }

    private static IEnumerable<string> MeasureArguments(ModelContext model) =>
        model.MeasuredInputs.Select(model.Names.Buffer).Concat(model.SizeParameters.Select(symbol => model.Names.Symbol(symbol.Name)));

    private static string ArenaBytes(ModelContext model) => model.Arena.IsConstant ? "ArenaBytes" : "sizes.ArenaBytes";

    private static string Arguments(IEnumerable<string> arguments) => string.Join(", ", arguments);
}
