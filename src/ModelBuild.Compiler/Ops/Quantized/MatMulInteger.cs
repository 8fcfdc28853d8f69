using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// (A - a_zero_point) * (B - b_zero_point) in 32-bit integers, with the shapes of MatMul. https://onnx.ai/onnx/operators/onnx__MatMulInteger.html Versions: 10.
/// With constant weights, between DynamicQuantizeLinear and a scaling, the pass FuseDynamicQuantization has replaced it. Refused: batches of B that broadcast
/// other than as one matrix, and zero points per row of a batch.
/// </summary>
internal sealed class MatMulInteger : Op
{
    public override IReadOnlyList<int> Versions => [10];

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
        if ((!sharesB && !b.Type.Shape.SkipLast(2).SequenceEqual(batches)) || aZero.Type.Rank > 1 || bZero.Type.Rank > 1)
        {
            throw OperatorException.Unsupported($"the product of {a.Type} and {b.Type} with zero points {aZero.Type} and {bZero.Type} is not supported");
        }

        context.Call(
            typeof(Kernels.MatMulInteger), nameof(Kernels.MatMulInteger.Run), a, b, aZero, bZero, context.Output, Dim.Product(batches),
            a.Type.Rank == 1 ? Dim.One : a.Type[-2], a.Type[-1], b.Type.Rank == 1 ? Dim.One : b.Type[-1], sharesB);
    }
}
