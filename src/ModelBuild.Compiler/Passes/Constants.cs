using System;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Passes;

/// <summary>Computes new constants from old ones when passes fold one operator into another.</summary>
internal static class Constants
{
    /// <summary>Every value of a float tensor, changed.</summary>
    public static Tensor Map(Tensor tensor, Func<float, float> change)
    {
        var values = tensor.As<float>().ToArray();
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = change(values[i]);
        }

        return Tensor.Of<float>(values, tensor.Dims);
    }

    /// <summary>The transpose of a float matrix.</summary>
    public static Tensor Transpose(Tensor matrix)
    {
        var (rows, columns) = ((int)matrix.Dims[0], (int)matrix.Dims[1]);
        var source = matrix.As<float>();
        var values = new float[source.Length];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                values[(column * rows) + row] = source[(row * columns) + column];
            }
        }

        return Tensor.Of<float>(values, columns, rows);
    }
}
