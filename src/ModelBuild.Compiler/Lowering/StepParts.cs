using System;
using System.Linq;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Lowering;

/// <summary>
/// Decides which steps run on several threads and in how many parts: as many as there are threads, but none so small that handing it over costs more than it
/// saves. Sizes that are known only at run time give an expression.
/// </summary>
internal static class StepParts
{
    // Nanoseconds of work that a part must have. To hand a part over takes 0.15 us while helpers are awake, and 5 to 9 us when they sleep (2-core EPYC, Zen 4).
    // A model that has much to share wakes them once a call, and they stay awake from step to step.
    private const long LonePart = 20_000;
    private const long PartAmongMany = 4_000;
    private const long Much = 100_000;

    // The same where helpers are awake (see ForkJoin): to share 3.2 us of work takes 2.4, 13 take 6.8.
    private const long BriefPart = 2_000;

    /// <summary>The program with parts for <paramref name="threads"/> threads; 0 for as many as the machine that runs it has.</summary>
    public static KernelProgram Cut(KernelProgram program, int threads)
    {
        if (threads == 1)
        {
            return program;
        }

        var work = program.Steps.Select(step => step is KernelStep { PartMethod: not null } call && !IsLate(program, call) ? StepWork.Nanoseconds(program, call) : Dim.Zero).ToArray();
        var part = work.Where(time => time.IsConstant && time.Constant >= 2 * PartAmongMany).Sum(time => time.Constant) >= Much ? PartAmongMany : LonePart;
        ProgramStep[] steps = [.. program.Steps.Zip(work, (step, time) => step is KernelStep call ? call with { Call = Cut(call.Call, time, part, threads) } : step)];
        return program with { Buffers = PartScratch.Grow(program.Buffers, [.. steps.OfType<KernelStep>()], threads), Steps = steps };
    }

    // Memory that is taken in the course of a run is not shown to other threads.
    private static bool IsLate(KernelProgram program, KernelStep step) => program.BoundSymbols.Count > 0
        && step.Call.Dims.Concat(step.Call.Buffers.SelectMany(argument => program.Buffers[argument.Buffer].Type.Shape))
            .SelectMany(dim => dim.Symbols).Intersect(program.BoundSymbols.Select(symbol => symbol.Name)).Any();

    private static KernelCall Cut(KernelCall call, Dim work, long part, int threads)
    {
        var parts = Parts(work, part, threads);
        return call with { Parts = parts, BriefParts = parts is { IsConstant: true, Constant: > 1 } ? Dim.One : Parts(work, BriefPart, threads) };
    }

    private static Dim Parts(Dim work, long part, int threads)
    {
        var worth = Quotient(work, part);
        return threads == 0 || (worth.IsConstant && worth.Constant < threads) ? worth : Dim.Min(worth, threads);
    }

    // Term by term, so that the generated code computes with small numbers: the work itself would overflow an int. What is rounded away is less than a part.
    private static Dim Quotient(Dim work, long part) => work.IsConstant
        ? Math.Max(work.Constant / part, 1)
        : work.Terms.Where(term => term.Coefficient > 0).Aggregate(Dim.Zero, (sum, term) => sum + Quotient(term, part));

    private static Dim Quotient(DimTerm term, long part)
    {
        var factor = Dim.ExactQuotient(Dim.Of(term), term.Coefficient)!;
        return term.Coefficient >= part ? factor * (term.Coefficient / part) : Dim.FloorDiv(factor, (part + term.Coefficient - 1) / term.Coefficient);
    }
}
