using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Lowering;

/// <summary>
/// Gives each part of an 8-bit layer as much scratch memory as one thread would have: the parts of a call divide the buffer between them, see
/// <see cref="ScratchShare"/>. A buffer whose size is known only at run time is not a band but has room for a whole image or batch, and stays as it is.
/// </summary>
internal static class PartScratch
{
    // Threads that share a call at once where the machine decides, see ForkJoin.
    private const int MostAutomatic = 16;

    /// <summary>The buffers of the program, with scratch memory for the parts of <paramref name="steps"/>.</summary>
    public static IReadOnlyList<ProgramBuffer> Grow(IReadOnlyList<ProgramBuffer> buffers, IReadOnlyList<KernelStep> steps, int threads)
    {
        var grown = buffers.ToArray();
        foreach (var step in steps.Where(step => step.Call.IsParallel && IsDivided(step)))
        {
            var scratch = step.Call.Arguments.OfType<BufferArgument>().Single(argument => argument.Parameter == "scratch").Buffer;
            var most = threads == 0 ? MostAutomatic : threads;
            var parts = step.Call is { Parts.IsConstant: true, BriefParts.IsConstant: true } ? Math.Min(Math.Max(step.Call.Parts.Constant, step.Call.BriefParts.Constant), most) : most;
            var type = buffers[scratch].Type;
            if (type.IsStatic)
            {
                grown[scratch] = buffers[scratch] with { Type = type.With((type.Length + Share.Line) * parts) };
            }
        }

        return grown;
    }

    private static bool IsDivided(KernelStep step) =>
        step.PartMethod!.DeclaringType == typeof(ConvInt8Parts) || step.PartMethod.DeclaringType == typeof(DenseInt8Parts);
}
