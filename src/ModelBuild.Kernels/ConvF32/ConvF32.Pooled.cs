using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <content>A convolution whose output is pooled: the largest of each 2x2 pixels that follow each other without overlap.</content>
internal static partial class ConvF32
{
    /// <summary>Rows and columns that become one.</summary>
    public const int Pool = 2;

    /// <summary>Whether <see cref="RunPooled"/> can compute the shape: a plain filter that moves by one, and whole windows.</summary>
    public static bool CanPool(in ConvShape shape) =>
        shape is { StrideY: 1, StrideX: 1, DilationY: 1, DilationX: 1, Groups: 1, OutputHeight: > 0 } && shape.OutputHeight % Pool == 0 && shape.OutputWidth % Pool == 0;

    /// <summary>
    /// <c>y[b, oy, ox, o] = clamp(max of the sums of <see cref="Run"/> at (2 * oy, 2 * ox), (2 * oy, 2 * ox + 1), (2 * oy + 1, 2 * ox), (2 * oy + 1, 2 * ox + 1))</c>, where max is
    /// IEEE 754's maximum. But for the sign of a zero, that is what <see cref="MaxPool"/> makes of the output of <see cref="Run"/>, which never gets into memory.
    /// </summary>
    /// <param name="x">See <see cref="Run"/>.</param>
    /// <param name="weights">See <see cref="Run"/>.</param>
    /// <param name="bias">See <see cref="Run"/>.</param>
    /// <param name="y">Outputs, [batch, OutputHeight / 2, OutputWidth / 2, OutputChannels].</param>
    /// <param name="batch">See <see cref="Run"/>.</param>
    /// <param name="shape">The geometry of the convolution, without the pooling.</param>
    /// <param name="min">See <see cref="Run"/>.</param>
    /// <param name="max">See <see cref="Run"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunPooled(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, int batch, in ConvShape shape, float min, float max) =>
        RunPooledOn(Isa.Best, x, weights, bias, y, batch, shape, min, max);

    /// <summary><see cref="RunPooled"/> on a given instruction set.</summary>
    public static void RunPooledOn(
        IsaLevel isa, ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, int batch, in ConvShape shape, float min,
        float max)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(CanPool(shape), true, nameof(shape));
        PanelsF32 panels = GroupPanels(shape);
        int inputLength = shape.InputHeight * shape.InputWidth * shape.InputChannels, outputLength = OutputLength(shape) / (Pool * Pool);
        ArgumentOutOfRangeException.ThrowIfLessThan(x.Length, batch * inputLength, nameof(x));
        ArgumentOutOfRangeException.ThrowIfLessThan(weights.Length, panels.Length, nameof(weights));
        ArgumentOutOfRangeException.ThrowIfLessThan(bias.Length, panels.PaddedColumns, nameof(bias));
        ArgumentOutOfRangeException.ThrowIfLessThan(y.Length, batch * outputLength, nameof(y));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(LastInput(shape.OutputHeight, 1, shape.KernelHeight, 1), shape.InputHeight - 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(LastInput(shape.OutputWidth, 1, shape.KernelWidth, 1), shape.InputWidth - 1);
        if (isa == IsaLevel.Plain)
        {
            ReferencePooled(x, weights, bias, y, batch, shape, min, max);
            return;
        }

        TileGeometryF32 tile = Tile(shape, min, max, shape.OutputChannels);
        nint rowBytes = (nint)shape.InputWidth * shape.InputChannels * sizeof(float);
        int width = shape.OutputWidth / Pool;
        var plane = new TilePlaneF32(shape.OutputHeight / Pool * width, width, Pool * rowBytes, width * tile.OutputStride);
        for (int image = 0; image < batch; image++)
        {
            TileF32.PooledPlane(
                isa,
                ref Unsafe.Add(ref MemoryMarshal.GetReference(x), (nint)image * inputLength),
                ref MemoryMarshal.GetReference(weights),
                ref MemoryMarshal.GetReference(bias),
                ref Unsafe.Add(ref MemoryMarshal.GetReference(y), (nint)image * outputLength),
                panels,
                plane,
                tile);
        }
    }
}
