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
    /// <summary>
    /// Nanoseconds of work that a part must have. To hand a part over takes 0.15 us while helpers are awake and 5 to 9 us when they sleep (2-core EPYC, Zen 4).
    /// </summary>
    private const long PartNanoseconds = 20_000;

    /// <summary>The program with parts for <paramref name="threads"/> threads; 0 for as many as the machine that runs it has.</summary>
    public static KernelProgram Cut(KernelProgram program, int threads) => threads == 1 ? program : program with
    {
        Steps = [.. program.Steps.Select(step => step.PartMethod is null ? step : step with { Call = step.Call with { Parts = Parts(program, step, threads) } })],
    };

    private static Dim Parts(KernelProgram program, ProgramStep step, int threads)
    {
        var worth = Quotient(StepWork.Nanoseconds(program, step));
        return threads == 0 || (worth.IsConstant && worth.Constant < threads) ? worth : Dim.Min(worth, threads);
    }

    // Term by term, so that the generated code computes with small numbers: the work itself would overflow an int. What is rounded away is less than a part.
    private static Dim Quotient(Dim work) => work.IsConstant
        ? Math.Max(work.Constant / PartNanoseconds, 1)
        : work.Terms.Where(term => term.Coefficient > 0).Aggregate(Dim.Zero, (sum, term) => sum + Quotient(term));

    private static Dim Quotient(DimTerm term)
    {
        var factor = Dim.ExactQuotient(Dim.Of(term), term.Coefficient)!;
        return term.Coefficient >= PartNanoseconds
            ? factor * (term.Coefficient / PartNanoseconds)
            : Dim.FloorDiv(factor, (PartNanoseconds + term.Coefficient - 1) / term.Coefficient);
    }
}
