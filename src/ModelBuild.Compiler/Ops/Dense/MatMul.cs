using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Matrix product with the rules of numpy.matmul: the leading dimensions broadcast, a vector counts as a row on the left and as a column on the right.
/// https://onnx.ai/onnx/operators/onnx__MatMul.html
/// Versions: 1, 9 (integers), 13 (bfloat16). With a constant matrix on the right the pass UseDense has replaced the node before it is lowered.
/// </summary>
internal sealed class MatMul : Op
{
    public override IReadOnlyList<int> Versions => [1, 9, 13];

    public override void Infer(InferContext context)
    {
        var (a, b) = (context.Type(0), context.Type(1));
        context.Output(0, new TensorType(a.Element, OutputShape(a, b)));
    }

    public override void Lower(LowerContext context) => MatrixProduct.LowerMatMul(context);

    /// <summary>The shape of the product.</summary>
    public static IReadOnlyList<Dim> OutputShape(TensorType a, TensorType b)
    {
        if (a.Rank == 0 || b.Rank == 0)
        {
            throw new OperatorException($"MatMul multiplies vectors and matrices, not {a} by {b}");
        }

        var (inner, innerB) = (a[-1], b.Rank == 1 ? b[0] : b[-2]);
        if (!inner.Equals(innerB))
        {
            throw new OperatorException($"the inner dimensions of {a} and {b} differ");
        }

        var batch = Broadcast.Shape(Leading(a), Leading(b));
        return [.. batch, .. a.Rank > 1 ? new[] { a[-2] } : [], .. b.Rank > 1 ? new[] { b[-1] } : []];
    }

    private static IReadOnlyList<Dim> Leading(TensorType type) => [.. type.Shape.Take(System.Math.Max(0, type.Rank - 2))];
}
