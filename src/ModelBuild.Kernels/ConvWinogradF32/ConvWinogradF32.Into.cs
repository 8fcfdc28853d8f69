using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <content>A convolution whose output is a part of a concatenation.</content>
internal static partial class ConvWinogradF32
{
    /// <summary><see cref="Run"/>, then <see cref="ConcatPart"/> along the channels: pixels of y are <paramref name="stride"/> values apart.</summary>
    /// <param name="x">See <see cref="Run"/>.</param>
    /// <param name="weights">See <see cref="Run"/>.</param>
    /// <param name="bias">See <see cref="Run"/>.</param>
    /// <param name="y">The concatenation, [batch, OutputHeight, OutputWidth, stride]; what is not this convolution's output is left as it is.</param>
    /// <param name="scratch">See <see cref="Run"/>.</param>
    /// <param name="batch">See <see cref="Run"/>.</param>
    /// <param name="shape">See <see cref="Run"/>.</param>
    /// <param name="min">See <see cref="Run"/>.</param>
    /// <param name="max">See <see cref="Run"/>.</param>
    /// <param name="stride">Channels of the concatenation.</param>
    /// <param name="offset">Channels before this convolution's.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunInto(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, Span<float> scratch, int batch, in WinogradShape shape,
        float min, float max, int stride, int offset) =>
        RunIntoOn(Isa.Best, x, weights, bias, y, scratch, batch, shape, min, max, stride, offset);

    /// <summary><see cref="RunInto"/> on a given instruction set.</summary>
    public static void RunIntoOn(
        IsaLevel isa, ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, Span<float> scratch, int batch,
        in WinogradShape shape, float min, float max, int stride, int offset) =>
        Tiles(isa, x, weights, bias, default, y, scratch, batch, shape, min, max, stride, offset, pool: 1);
}
