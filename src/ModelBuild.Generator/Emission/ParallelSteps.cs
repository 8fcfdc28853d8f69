using System.Collections.Generic;
using System.Linq;
using ModelBuild.Plan;

namespace ModelBuild.Generator.Emission;

/// <summary>
/// Writes the steps that run on several threads: a method that keeps the memory of the run in its place and shares out the parts, and one that computes a part,
/// on whichever thread has taken it.
/// </summary>
internal static class ParallelSteps
{
    /// <summary>How many parts a step has, for the comment above its call.</summary>
    public static string Note(ModelContext model, Step step)
    {
        if (!step.IsParallel)
        {
            return string.Empty;
        }

        var upTo = model.Plan.Threads == 0 ? "up to " : string.Empty;
        return HasParts(step)
            ? $"; in {upTo}{DimText.Comment(step.Call.Parts)} parts"
            : $"; in {upTo}{DimText.Comment(step.Call.BriefParts)} parts, for threads that are awake";
    }

    /// <summary>What the header and the documentation say about threads; empty where there is one.</summary>
    public static string Summary(ModelPlan plan) => !plan.IsParallel
        ? string.Empty
        : plan.Threads == 0 ? "Uses as many threads as there are processors, up to 16." : $"Uses up to {plan.Threads} threads.";

    /// <summary>Writes both methods.</summary>
    public static void WriteMethods(CodeWriter code, ModelContext model, Step step)
    {
        code.Open($"private static unsafe void {step.Name}({step.Declaration})");
        var written = step.Buffers.Where(buffer => buffer.IsWritten).Select(buffer => model.Plan.Buffers[buffer.Index]).Where(step.IsCut);
        StepMembers.WriteSymbols(code, model, written.Select(buffer => buffer.Length).Append(step.Call.Parts).Append(step.Call.BriefParts).SelectMany(dim => dim.Symbols).Distinct());
        WriteFork(code, model, step);
        code.Separate();
        StepMembers.WriteOnStepCalls(code, model, step);
        code.Close();

        code.Separate();
        code.Line($"// One part of step {step.Number}, on any thread.");
        code.Open($"private static unsafe void {step.Name}Part(void* run, int part, int parts)");
        code.Line("Job* job = (Job*)run;");
        foreach (var index in step.Parameters)
        {
            code.Line($"{model.Parameter(index)} = job->{Field(model, index)}.Span;");
        }

        if (step.UsesArena)
        {
            code.Line("Span<byte> arena = job->Arena.Span;");
        }

        if (step.UsesSizes)
        {
            code.Line("ref readonly Sizes sizes = ref job->Sizes;");
        }

        StepMembers.WriteSymbols(code, model, step.Symbols);
        StepMembers.WriteCuts(code, model, step);
        CallText.Write(code, model, step);
        code.Close();
    }

    /// <summary>Writes the struct through which all of these methods see the memory of a run.</summary>
    public static void WriteJob(CodeWriter code, ModelContext model, IEnumerable<Step> steps)
    {
        var parallel = steps.Where(step => step.IsParallel).ToList();
        if (parallel.Count == 0)
        {
            return;
        }

        code.Separate();
        code.Line("// The memory of a run, as the threads that share a step see it. A step fills in what it needs.");
        code.Open("private struct Job");
        foreach (var index in parallel.SelectMany(step => step.Parameters).Distinct().OrderBy(index => index))
        {
            code.Line($"public PinnedSpan<{model.Plan.Buffers[index].Type.CSharpName()}> {Field(model, index)};");
        }

        if (parallel.Any(step => step.UsesArena))
        {
            code.Line("public PinnedSpan<byte> Arena;");
        }

        if (parallel.Any(step => step.UsesSizes))
        {
            code.Line("public Sizes Sizes;");
        }

        code.Close();
    }

    private static void WriteFork(CodeWriter code, ModelContext model, Step step)
    {
        var spans = step.Parameters.Select(index => (Name: model.Names.Buffer(index), Field: Field(model, index), Type: model.Plan.Buffers[index].Type.CSharpName())).ToList();
        if (step.UsesArena)
        {
            spans.Add(("arena", "Arena", "byte"));
        }

        foreach (var (span, i) in spans.Select((span, i) => (span, i)))
        {
            code.Line($"fixed ({span.Type}* {ModelNames.Pointer(i)} = {span.Name})");
        }

        var fields = spans.Select((span, i) => $"{span.Field} = new({ModelNames.Pointer(i)}, {span.Name}.Length)").Concat(step.UsesSizes ? ["Sizes = sizes"] : []);
        code.Open(null);
        code.Line($"Job job = new() {{ {string.Join(", ", fields)} }};");
        code.Line($"ForkJoin.Run(&{step.Name}Part, &job, {string.Join(", ", Parts(model, step))});");
        code.Close();
    }

    private static IEnumerable<string> Parts(ModelContext model, Step step)
    {
        yield return HasParts(step) ? Parts(model, step.Call.Parts) : "1";
        if (step.Call.BriefParts is not { IsConstant: true, Constant: <= 1 })
        {
            yield return $"brief: {Parts(model, step.Call.BriefParts)}";
        }
    }

    private static string Parts(ModelContext model, Dim parts)
    {
        var text = model.Dims.Of(parts);
        return model.Plan.Threads == 0 ? $"Math.Min({text}, ForkJoin.Automatic)" : text;
    }

    private static bool HasParts(Step step) => step.Call.Parts is not { IsConstant: true, Constant: <= 1 };

    private static string Field(ModelContext model, int buffer) => model.Names.Constant(buffer, string.Empty);
}
