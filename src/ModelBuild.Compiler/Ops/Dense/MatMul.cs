using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Matrix product with the rules of numpy.matmul: the leading dimensions broadcast, a vector counts as a row on the left and as a column on the right.
/// https://onnx.ai/onnx/operators/onnx__MatMul.html
/// Versions: 1, 9 (integers), 13 (bfloat16). With a constant matrix of floats on the right the pass UseDense has replaced the
/// node before it is lowered.
/// </summary>
internal sealed class MatMul : Op
{
    public override IReadOnlyList<int> Versions => [1, 9, 13];

    /// <summary>Sums of 16-bit floats would lose what every other runtime keeps.</summary>
    public override bool TryExpand(FunctionContext context) => context.TryWiden(this, both: true);

    public override void Infer(InferContext context)
    {
        var (a, b) = (context.Type(0), context.Type(1));
        AgreeOnInner(context, a, b);
        context.Output(0, new TensorType(a.Element, OutputShape(a, b)));
    }

    public override void Lower(LowerContext context)
    {
        var (a, b) = (context.Input(0).Type, context.Input(1).Type);
        Dim rows = a.Rank == 1 ? Dim.One : a[-2], inner = a[-1], columns = b.Rank == 1 ? Dim.One : b[-1];
        var batch = Broadcast.Shape(Leading(a), Leading(b));
        if (Leading(b).All(Broadcast.IsOne))
        {
            // One matrix on the right: the rows of all matrices on the left follow each other.
            (rows, batch) = (rows * Dim.Product(batch), []);
        }

        context.Note = $"[{rows},{inner}] x [{inner},{columns}]{(batch.Count == 0 ? string.Empty : $", {Dim.Product(batch)} times")}";
        Broadcast.Check(context, batch, [.. Leading(a).TakeLast(batch.Count)], [.. Leading(b).TakeLast(batch.Count)]);
        var batches = new BroadcastLayout(batch, [.. Leading(a).TakeLast(batch.Count)], [.. Leading(b).TakeLast(batch.Count)]).ToStruct<BroadcastShape>();
        var shape = StructLiteral.Of<MatMulShape>(rows, inner, columns);
        switch (a.Element)
        {
            case ElementType.Float:
                var paddedColumns = 16 * Dim.FloorDiv(columns + 15, 16);
                var scratch = context.Temporary(ElementType.Float, (inner + 1) * paddedColumns, "packed");
                context.Call(typeof(MatMulF32), nameof(MatMulF32.Run), context.Input(0), context.Input(1), context.Output, scratch, batches, shape);
                break;
            default:
                context.Call(typeof(Kernels.MatMul), nameof(Kernels.MatMul.Run), context.Input(0), context.Input(1), context.Output, batches, shape);
                break;
        }
    }

    /// <summary>Lets the run check inner dimensions that are different expressions.</summary>
    public static void AgreeOnInner(InferContext context, TensorType a, TensorType b)
    {
        if (a.Rank > 0 && b.Rank > 0)
        {
            _ = context.HaveSameSize(0, -1, 1, b.Rank == 1 ? 0 : -2);
        }
    }

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

    private static IReadOnlyList<Dim> Leading(TensorType type) => [.. type.Shape.Take(Math.Max(0, type.Rank - 2))];
}
