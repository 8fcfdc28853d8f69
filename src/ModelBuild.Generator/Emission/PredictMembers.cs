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

        if (RunText.NeedsPool(model) || model.CanSkipOutputs)
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
        if (model.CanSkipOutputs && RunText.NeedsPool(model))
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

            RunText.WriteDefaults(code, model);
            RunText.WriteChecks(code, model, model.Outputs);
            RunText.WriteRun(code, model);
        }

        code.Close();
    }

    private static void WriteRentedRun(CodeWriter code, ModelContext model)
    {
        code.Line("ModelArena arena = Pool.Rent();");
        code.Line($"PredictIn({RunText.Arguments(RunText.CallArguments(model).Append("arena"))});");
        code.Line("Pool.Return(arena);");
    }

    // A run in the memory of an arena, where outputs that the caller does without have a place, too: their values go nowhere else.
    private static void WriteInArena(CodeWriter code, ModelContext model)
    {
        code.Separate();
        code.Line("// The outputs whose spans are empty are computed and forgotten.");
        code.Open(PredictSignature.InArena(model));
        RunText.WriteDefaults(code, model);
        if (model.IsDynamic)
        {
            RunText.WriteMeasure(code, model);
        }

        var planned = model.Outputs.Where(output => !model.IsLate(output)).ToList();
        for (var i = 0; i < planned.Count; i++)
        {
            var (name, type) = (model.Names.Buffer(planned[i]), model.Plan.Buffers[planned[i]].Type);
            var memory = type == ElementType.String ? "Texts" : $"Late<{type.CSharpName()}>";
            code.Line($"{name} = {name}.IsEmpty ? arena.{memory}({model.LateSlots + i}, {RunText.OutputLength(model, planned[i])}) : {name};");
        }

        RunText.WriteCheck(code, model, model.Outputs);
        RunText.WriteRun(code, model, $"arena.Bytes({RunText.ArenaBytes(model)})", "arena");
        code.Close();
    }

    private static void WriteWithWorkspace(CodeWriter code, ModelContext model)
    {
        code.Separate();
        PredictSignature.DocumentWorkspace(code, model);
        code.Open(PredictSignature.WithWorkspace(model));
        code.Line("ArgumentNullException.ThrowIfNull(workspace);");
        if (model.CanSkipOutputs)
        {
            code.Line($"PredictIn({RunText.Arguments(RunText.CallArguments(model).Append("workspace.Arena"))});");
        }
        else
        {
            RunText.WriteDefaults(code, model);
            RunText.WriteChecks(code, model, model.Outputs);
            RunText.WriteRun(code, model, $"workspace.Arena.Bytes({RunText.ArenaBytes(model)})", "workspace.Arena");
        }

        code.Close();
    }

    private static void WriteArrays(CodeWriter code, ModelContext model)
    {
        code.Separate();
        PredictSignature.DocumentArrays(code, model);
        code.Open(PredictSignature.Arrays(model));
        RunText.WriteDefaults(code, model);
        var late = model.Outputs.Where(model.IsLate).ToList();
        var planned = model.Outputs.Where(output => !model.IsLate(output)).ToList();
        if (late.Count > 0)
        {
            RunText.WriteChecks(code, model, []);
        }
        else if (model.IsDynamic)
        {
            RunText.WriteMeasure(code, model);
        }

        RunText.WriteNew(code, model, planned);
        if (late.Count > 0)
        {
            RunText.WriteRun(code, model, () => RunText.WriteNew(code, model, late));
        }
        else
        {
            code.Line($"Predict({RunText.Arguments(RunText.CallArguments(model))});");
        }

        RunText.WriteReturn(code, model, model.Outputs);
        code.Close();
    }
}
