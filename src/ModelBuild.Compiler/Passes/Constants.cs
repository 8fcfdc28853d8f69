using System;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Passes;

/// <summary>Computes new constants from old ones when passes fold one operator into another.</summary>
internal static class Constants
{
    /// <summary>Every value of a float tensor, changed.</summary>
    public static Tensor Map(Tensor tensor, Func<float, float> change) => TensorNumbers.Map(tensor, change);

    /// <summary>The transpose of a matrix.</summary>
    public static Tensor Transpose(Tensor matrix) => Transpose(matrix, new Permutation([1, 0]));

    /// <summary>A tensor of any type with its axes permuted: output axis i is input axis <c>permutation.Axes[i]</c>.</summary>
    public static Tensor Transpose(Tensor tensor, Permutation permutation)
    {
        var node = NodeFactory.Create("Transpose", [Value.Of("tensor", tensor)], permutation.ToAttributes(), [], _ => "transposed");
        return ConstantFolder.Run(node)[0];
    }
}
