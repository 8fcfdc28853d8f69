using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

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

    /// <summary>
    /// Sums of 16-bit floats would lose what every other runtime keeps. Where only a run shows along which axes C is broadcast, it is added to a Gemm without it.
    /// </summary>
    public override bool TryExpand(FunctionContext context)
    {
        if (context.TryWiden(this, both: true))
        {
            return true;
        }

        if (context.Input(2) is not { } c || context.Type(0).Rank != 2 || context.Type(1).Rank != 2 || !IsOpen(c.Type, OutputShape(context.Attributes, context.Type(0), context.Type(1))))
        {
            return false;
        }

        var product = context.Again(this, context.Require(0), context.Require(1))[0]!;
        var beta = context.Attributes.Get("beta", 1f);
        context.Output(0, context.Add("Add", product, beta == 1 ? c : context.Add("Mul", c, beta)));
        return true;
    }

    public override void Infer(InferContext context)
    {
        var (a, b) = (context.Type(0), context.Type(1));
        if (a.Rank != 2 || b.Rank != 2)
        {
            throw new OperatorException($"Gemm multiplies matrices, not {a} by {b}");
        }

        var (rows, inner) = context.Attributes.Flag("transA") ? (1, 0) : (0, 1);
        var (innerB, columns) = context.Attributes.Flag("transB") ? (1, 0) : (0, 1);
        if (!context.HaveSameSize(0, inner, 1, innerB))
        {
            throw new OperatorException($"the inner dimensions of {a} and {b} differ");
        }

        if (a.Element != b.Element || (context.Input(2)?.Type.Element ?? a.Element) != a.Element)
        {
            throw new OperatorException($"Gemm takes operands of one type, not {a}, {b}{(context.Input(2) is { } other ? $" and {other.Type}" : string.Empty)}");
        }

        // Where C does not repeat it is as long as the output.
        if (context.Input(2) is { Type: var c }
            && (c.Rank > 2 || Enumerable.Range(1, c.Rank).Any(i => !Broadcast.IsOne(c[-i]) && !(i == 1 ? context.HasSize(1, columns, c[-1]) : context.HasSize(0, rows, c[-2])))))
        {
            throw new OperatorException($"{c} cannot be added to [{a[rows]},{b[columns]}]");
        }

        context.Output(a.Element, OutputShape(context.Attributes, a, b));
    }

    public override void Lower(LowerContext context) => throw new InvalidOperationException("ExpandGemm leaves no Gemm.");

    private static Dim[] OutputShape(Attributes attributes, TensorType a, TensorType b) => [a[attributes.Flag("transA") ? 1 : 0], b[attributes.Flag("transB") ? 0 : 1]];

    // Whether a dimension of C may be either 1 or that of the output.
    private static bool IsOpen(TensorType c, Dim[] shape)
    {
        for (var i = 1; i <= c.Rank; i++)
        {
            if (!c[-i].IsConstant && (i > shape.Length || !c[-i].Equals(shape[^i])))
            {
                return true;
            }
        }

        return false;
    }
}
