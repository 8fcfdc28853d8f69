using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Lowering;

/// <summary>
/// Gives each part of a convolution or of an 8-bit layer as much scratch memory as one thread would have, or as its share of the work needs: the parts of a call divide the buffer
/// between them, see <see cref="ScratchShare"/> and <see cref="WinogradShare"/>. A buffer whose size is known only at run time is not a band but has room for a whole image or
/// batch, and stays as it is.
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
                grown[scratch] = buffers[scratch] with { Type = type.With((OfPart(step, type.Length.Constant, parts) + Share.Line) * parts) };
            }
        }

        return grown;
    }

    private static bool IsDivided(KernelStep step) =>
        step.PartMethod!.DeclaringType is { } type && (type == typeof(ConvInt8Parts) || type == typeof(DenseInt8Parts) || type == typeof(ConvWinogradF32Parts));

    // A part of Winograd's convolution has some of the tiles, and its blocks need not hold more.
    private static long OfPart(KernelStep step, long whole, long parts)
    {
        var shape = step.Call.Arguments.OfType<StructArgument>().SingleOrDefault(argument => argument.Type.Name == nameof(WinogradShape));
        var batch = shape is null ? Dim.One : StepWork.Number(step, "batch");
        if (shape is null || shape.Fields.Any(field => field.Value is IntegerScalar { Value.IsConstant: false }) || !batch.IsConstant)
        {
            return whole;
        }

        var tile = WinogradF32.Patch + 1 - Size(nameof(WinogradShape.Kernel));
        var tiles = batch.Constant * Tiles(Size(nameof(WinogradShape.OutputHeight))) * Tiles(Size(nameof(WinogradShape.OutputWidth)));
        var block = Math.Min(Size(nameof(WinogradShape.BlockTiles)), WinogradShare.MostTiles(tiles, parts));
        return ConvWinogradF32.ScratchLength(
            new WinogradShape(0, 0, Size(nameof(WinogradShape.InputChannels)), 0, 0, 0, 0, 0, Size(nameof(WinogradShape.OutputChannels)), (int)block));

        long Tiles(long outputs) => (outputs + tile - 1) / tile;

        int Size(string field) => (int)StepWork.Size(shape, field).Constant;
    }
}
