using System;

namespace ModelBuild.Kernels;

/// <summary>
/// ONNX Trilu of each matrix of <c>x[outer, rows, columns]</c>: keeps what is on and above the diagonal (upper) or on and below it, and makes the rest zero.
/// <c>diagonal</c> 1 is the one above the main diagonal. y may be the same span as x.
/// </summary>
internal static class Trilu
{
    public static void Run<T>(ReadOnlySpan<T> x, Span<T> y, int outer, int rows, int columns, long diagonal, bool upper)
    {
        for (int row = 0; row < outer * rows; row++)
        {
            long border = (row % rows) + diagonal;
            for (int column = 0; column < columns; column++)
            {
                int i = (row * columns) + column;
                y[i] = (upper ? column >= border : column <= border) ? x[i] : default!;
            }
        }
    }
}
