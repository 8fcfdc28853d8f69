using System;
using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Y = alpha * A' * B' + beta * C, where A' is A or its transpose, and so is B'. C is broadcast to [M, N].
/// https://onnx.ai/onnx/operators/onnx__Gemm.html
/// Versions: 1 (C broadcasts only where the attribute says so), 6, 7 (numpy broadcasting), 9 (integers), 11 (C optional), 13 (bfloat16).
/// With constant B the pass UseDense has replaced the node before it is lowered, and ExpandGemm every other one.
/// </summary>
internal sealed class Gemm : Op
{
    public override IReadOnlyList<int> Versions => [1, 6, 7, 9, 11, 13];

    /// <summary>Sums of 16-bit floats would lose what every other runtime keeps.</summary>
    public override bool TryExpand(FunctionContext context) => context.TryWiden(this, both: true);

    public override void Infer(InferContext context)
    {
        var (a, b) = (context.Type(0), context.Type(1));
        if (a.Rank != 2 || b.Rank != 2)
        {
            throw new OperatorException($"Gemm multiplies matrices, not {a} by {b}");
        }

        var (rows, inner) = context.Attributes.Flag("transA") ? (a[1], a[0]) : (a[0], a[1]);
        var (innerB, columns) = context.Attributes.Flag("transB") ? (b[1], b[0]) : (b[0], b[1]);
        if (!inner.Equals(innerB))
        {
            throw new OperatorException($"the inner dimensions of {a} and {b} differ");
        }

        context.Output(a.Element, rows, columns);
    }

    public override void Lower(LowerContext context) => throw new InvalidOperationException("ExpandGemm leaves no Gemm.");
}
