using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Keeps the upper (upper=0: lower) triangle of each matrix and makes the rest zero; k moves the diagonal. https://onnx.ai/onnx/operators/onnx__Trilu.html
/// Versions: 14.
/// </summary>
internal sealed class Trilu : Op
{
    public override IReadOnlyList<int> Versions => [14];

    public override void Infer(InferContext context)
    {
        if (context.Type(0).Rank < 2)
        {
            throw new OperatorException($"{context.Type(0)} is not a matrix");
        }

        if (context.Input(1) is not null)
        {
            _ = context.RequireElement(1, saturates: true);
        }

        context.Output(0, context.Type(0));
    }

    public override void Lower(LowerContext context)
    {
        var shape = context.Input(0).Type.Shape;
        context.Call(
            typeof(Kernels.Trilu), nameof(Kernels.Trilu.Run), context.Input(0), context.Output,
            KernelAxes.Extent(shape, 0, shape.Count - 2), shape[^2], shape[^1],
            context.Node.Input(1)?.Elements![0] ?? Dim.Zero, context.Attributes.Flag("upper", true));
    }
}
