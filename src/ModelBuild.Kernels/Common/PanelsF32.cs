using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>
/// The packed layout of a weight matrix of <c>Depth</c> rows and <c>Columns</c> columns (columns are output channels): panels of 32 columns, each stored row
/// after row. The last panel has 16 columns if that is enough. Missing columns are zeros, so that every panel is read in whole vectors; so is the bias, which
/// has one value per padded column. The layout depends on the matrix alone: all instruction sets read the same bytes.
/// </summary>
internal readonly record struct PanelsF32(int Depth, int Columns)
{
    /// <summary>Columns of a whole panel: two vectors of 512 bits.</summary>
    public const int Width = 32;

    /// <summary>Columns of a narrow last panel, and the multiple that columns are padded to.</summary>
    public const int NarrowWidth = 16;

    /// <summary>Columns with those that pad the last panel.</summary>
    public int PaddedColumns
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (Columns + NarrowWidth - 1) & -NarrowWidth;
    }

    /// <summary>Floats of the packed matrix.</summary>
    public int Length => Depth * PaddedColumns;

    /// <summary>Floats from one row of the panel that holds <paramref name="column"/> to the next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int RowStride(int column) => Math.Min(Width, PaddedColumns - (column & -Width));

    /// <summary>The position of row 0 of <paramref name="column"/> in the packed matrix.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public nint Offset(int column) => ((nint)(column & -Width) * Depth) + (column & (Width - 1));
}
