using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// (A - a_zero_point) * (B - b_zero_point) in 32-bit integers, with the shapes of MatMul. https://onnx.ai/onnx/operators/onnx__MatMulInteger.html Versions: 10.
/// With constant weights, between DynamicQuantizeLinear and a scaling, the pass FuseDynamicQuantization has replaced it. Batches that broadcast other than one
/// matrix B does, and zero points for each row or column of each batch, are computed as the formula says.
/// </summary>
internal sealed class MatMulInteger : Op
{
    public override IReadOnlyList<int> Versions => [10];

    public override bool TryExpand(FunctionContext context)
    {
        var (a, b) = (context.Type(0), context.Type(1));
        var batches = a.Shape.SkipLast(2);
        if ((b.Rank <= 2 || b.Shape.SkipLast(2).SequenceEqual(batches)) && new[] { context.Input(2), context.Input(3) }.All(zero => zero is null || zero.Type.Rank <= 1))
        {
            return false;
        }

        // A vector of zero points is one for each row of A or each column of B.
        Value Centred(int index, bool isLeft)
        {
            var wide = context.As(context.Require(index), ElementType.Int32);
            return context.Input(index + 2) is not { } zero ? wide
                : context.Add("Sub", wide, context.As(isLeft && a.Rank > 1 && zero.Type.Rank == 1 ? context.Add("Unsqueeze", zero, context.Constant([1L])) : zero, ElementType.Int32));
        }

        context.Output(0, context.Add("MatMul", Centred(0, true), Centred(1, false)));
        return true;
    }

    public override void Infer(InferContext context)
    {
        IntegerZeroPoint.Check(context);
        MatMul.AgreeOnInner(context, context.Type(0), context.Type(1));
        context.Output(0, new TensorType(ElementType.Int32, MatMul.OutputShape(context.Type(0), context.Type(1))));
    }

    public override void Lower(LowerContext context)
    {
        var (a, b) = (context.Input(0), context.Input(1));
        var (aZero, bZero) = (IntegerZeroPoint.Of(context, 2, a.Type.Element), IntegerZeroPoint.Of(context, 3, b.Type.Element));
        var sharesB = b.Type.Rank <= 2;
        var batches = a.Type.Shape.SkipLast(2).ToArray();
        context.Call(
            typeof(Kernels.MatMulInteger), nameof(Kernels.MatMulInteger.Run), a, b, aZero, bZero, context.Output, Dim.Product(batches),
            a.Type.Rank == 1 ? Dim.One : a.Type[-2], a.Type[-1], b.Type.Rank == 1 ? Dim.One : b.Type[-1], sharesB);
    }
}
