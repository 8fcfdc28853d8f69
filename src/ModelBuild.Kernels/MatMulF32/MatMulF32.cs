using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// ONNX MatMul of two computed operands: <c>y[m, n] = sum over k of a[m, k] * b[k, n]</c>, from 0 on, in the order of k, with fused multiply-adds. With constant weights on
/// the right, <see cref="DenseF32"/> does the same with weights that were packed beforehand.
/// </summary>
/// <remarks>Each right matrix is packed into scratch memory when the one before was another. Nothing may overlap y or scratch.</remarks>
internal static partial class MatMulF32
{
    /// <summary>Runs the products on the best instruction set of this CPU.</summary>
    /// <param name="a">Left matrices, [.., Rows, Inner].</param>
    /// <param name="b">Right matrices, [.., Inner, Columns].</param>
    /// <param name="y">The products, [.., Rows, Columns].</param>
    /// <param name="scratch">At least <c>(Inner + 1) * Columns'</c> floats of any content, where Columns' is Columns rounded up to a multiple of 16.</param>
    /// <param name="batches">The leading dimensions of the output, and how the operands move along them, in matrices.</param>
    /// <param name="shape">The sizes of a matrix.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(
        ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y, Span<float> scratch, in BroadcastShape batches, in MatMulShape shape) =>
        RunOn(Isa.Best, a, b, y, scratch, batches, shape);

    /// <summary><see cref="Run"/> on a given instruction set.</summary>
    public static void RunOn(
        IsaLevel isa, ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y, Span<float> scratch, in BroadcastShape batches, in MatMulShape shape)
    {
        if (isa == IsaLevel.Plain)
        {
            Reference(a, b, y, batches, shape);
            return;
        }

        var products = new MatMulBatches(batches);
        if (products.IsEmpty || shape.Rows == 0 || shape.Columns == 0)
        {
            return;
        }

        var panels = new PanelsF32(shape.Inner, shape.Columns);
        Span<float> packed = scratch[..panels.Length], zeros = scratch.Slice(panels.Length, panels.PaddedColumns);
        zeros.Clear();
        int packedMatrix = -1;
        do
        {
            if (products.B != packedMatrix)
            {
                packedMatrix = products.B;
                Pack(b.Slice(packedMatrix * shape.Inner * shape.Columns, shape.Inner * shape.Columns), packed, panels);
            }

            Multiply(isa, a.Slice(products.A * shape.Rows * shape.Inner, shape.Rows * shape.Inner), packed, zeros, y[..(shape.Rows * shape.Columns)], shape);
            y = y[(shape.Rows * shape.Columns)..];
        }
        while (products.Next());
    }

    /// <summary>The spans' lengths, which the caller has made right, are what makes every unchecked access of the tiles legal.</summary>
    private static void Multiply(IsaLevel isa, ReadOnlySpan<float> a, ReadOnlySpan<float> packed, ReadOnlySpan<float> zeros, Span<float> y, in MatMulShape shape) =>
        TileF32.Plane(
            isa,
            ref MemoryMarshal.GetReference(a),
            ref MemoryMarshal.GetReference(packed),
            ref MemoryMarshal.GetReference(zeros),
            ref MemoryMarshal.GetReference(y),
            ref Unsafe.NullRef<float>(),
            new PanelsF32(shape.Inner, shape.Columns),
            new TilePlaneF32(shape.Rows, shape.Rows, 0, 0),
            new TileGeometryF32(
                FilterRows: 1,
                FilterTaps: 1,
                InnerDepth: shape.Inner,
                FilterRowStride: 0,
                TapStride: 0,
                PixelStride: (nint)shape.Inner * sizeof(float),
                WeightStride: 0,
                OutputStride: (nint)shape.Columns * sizeof(float),
                Min: float.NegativeInfinity,
                Max: float.PositiveInfinity));

    /// <summary>Packs a matrix of contiguous rows.</summary>
    private static void Pack(ReadOnlySpan<float> b, Span<float> packed, in PanelsF32 panels)
    {
        for (int column = 0; column < panels.Columns; column += PanelsF32.Width)
        {
            int width = panels.RowStride(column), valid = Math.Min(width, panels.Columns - column);
            Span<float> panel = packed.Slice((int)panels.Offset(column), panels.Depth * width);
            for (int k = 0; k < panels.Depth; k++)
            {
                Span<float> row = panel.Slice(k * width, width);
                b.Slice((k * panels.Columns) + column, valid).CopyTo(row);
                row[valid..].Clear();
            }
        }
    }
}
