using System;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>
/// <c>y[i * OutputStride + k] = x[i + k * InputStride]</c> for i below Columns and k below Rows. Where both are long enough, in blocks that vectors transpose; the last blocks
/// end with the plane, and write some elements once more.
/// </summary>
/// <param name="Columns">Elements that lie next to each other in x.</param>
/// <param name="OutputStride">From one of them to the next in y.</param>
/// <param name="Rows">Elements that lie next to each other in y.</param>
/// <param name="InputStride">From one of them to the next in x.</param>
internal readonly record struct TransposePlane(int Columns, int OutputStride, int Rows, int InputStride)
{
    // Bytes of a cache line: a tile has as many of either tensor, so that lines are used up while they are near.
    private const int Line = 64;

    // Of rows that are a multiple of so many elements apart, a first-level cache of 32 KiB and eight ways holds no more than half of those of a tile.
    private const int Conflict = 1024;

    public void Run<T>(IsaLevel isa, ref T x, ref T y)
        where T : unmanaged
    {
        int edge = Math.Min(Rows, Columns);
        if (Rows == 3 && OutputStride == 3)
        {
            Interleave(ref x, ref y);
        }
        else if (isa >= IsaLevel.Avx2 && Unsafe.SizeOf<T>() == sizeof(uint) && edge >= TransposeQuads256.Edge)
        {
            Blocks<TransposeQuads256, uint>(ref Unsafe.As<T, uint>(ref x), ref Unsafe.As<T, uint>(ref y));
        }
        else if (isa < IsaLevel.Vector128 || !TransposeBlocks.CanZip)
        {
            Elements(ref x, ref y);
        }
        else if (Unsafe.SizeOf<T>() == sizeof(uint) && edge >= TransposeQuads.Edge)
        {
            Blocks<TransposeQuads, uint>(ref Unsafe.As<T, uint>(ref x), ref Unsafe.As<T, uint>(ref y));
        }
        else if (Unsafe.SizeOf<T>() == sizeof(ushort) && edge >= TransposeWords.Edge)
        {
            Blocks<TransposeWords, ushort>(ref Unsafe.As<T, ushort>(ref x), ref Unsafe.As<T, ushort>(ref y));
        }
        else if (Unsafe.SizeOf<T>() == sizeof(byte) && edge >= TransposeBytes.Edge)
        {
            Blocks<TransposeBytes, byte>(ref Unsafe.As<T, byte>(ref x), ref Unsafe.As<T, byte>(ref y));
        }
        else
        {
            Elements(ref x, ref y);
        }
    }

    [MethodImpl(HotLoop.Options)]
    private void Blocks<TBlock, T>(ref T x, ref T y)
        where TBlock : struct, ITransposeBlock<T>
        where T : unmanaged
    {
        int tile = Line / Unsafe.SizeOf<T>();
        int tileRows = InputStride % Conflict == 0 ? TBlock.Edge : tile;
        int lastColumn = Columns - TBlock.Edge, lastRow = Rows - TBlock.Edge;
        nint fromStride = InputStride, toStride = OutputStride;
        for (int i = 0; i < Columns; i += tile)
        {
            int endColumn = Math.Min(i + tile, Columns);
            for (int k = 0; k < Rows; k += tileRows)
            {
                int endRow = Math.Min(k + tileRows, Rows);
                for (int nextColumn = i; nextColumn < endColumn; nextColumn += TBlock.Edge)
                {
                    nint column = Math.Min(nextColumn, lastColumn);
                    for (int nextRow = k; nextRow < endRow; nextRow += TBlock.Edge)
                    {
                        nint row = Math.Min(nextRow, lastRow);
                        TBlock.Move(ref Unsafe.Add(ref x, column + (row * fromStride)), fromStride, ref Unsafe.Add(ref y, (column * toStride) + row), toStride);
                    }
                }
            }
        }
    }

    [MethodImpl(HotLoop.Options)]
    private void Elements<T>(ref T x, ref T y)
        where T : unmanaged
    {
        const int Tile = 16;
        int columns = Columns, rows = Rows;
        nint fromStride = InputStride, toStride = OutputStride;
        for (int i = 0; i < columns; i += Tile)
        {
            int endColumn = Math.Min(i + Tile, columns);
            for (int k = 0; k < rows; k += Tile)
            {
                int endRow = Math.Min(k + Tile, rows);
                for (int column = i; column < endColumn; column++)
                {
                    ref T from = ref Unsafe.Add(ref x, column);
                    ref T to = ref Unsafe.Add(ref y, column * toStride);
                    for (int row = k; row < endRow; row++)
                    {
                        Unsafe.Add(ref to, row) = Unsafe.Add(ref from, row * fromStride);
                    }
                }
            }
        }
    }

    /// <summary>Three planes become pixels, as at the start of nearly every network that sees colours: a tile of three would be all overhead.</summary>
    private void Interleave<T>(ref T x, ref T y)
    {
        nint columns = Columns;
        ref T green = ref Unsafe.Add(ref x, InputStride);
        ref T blue = ref Unsafe.Add(ref green, InputStride);
        for (nint i = 0; i < columns; i++)
        {
            y = Unsafe.Add(ref x, i);
            Unsafe.Add(ref y, 1) = Unsafe.Add(ref green, i);
            Unsafe.Add(ref y, 2) = Unsafe.Add(ref blue, i);
            y = ref Unsafe.Add(ref y, 3);
        }
    }
}
