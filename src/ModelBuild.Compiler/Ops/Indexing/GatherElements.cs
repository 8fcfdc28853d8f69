using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y[i, j, k] = data[i, indices[i, j, k], k] for axis 1, and so for any axis. https://onnx.ai/onnx/operators/onnx__GatherElements.html
/// Versions: 11, 13 (bfloat16). An index that is out of range is an error at run time.
/// </summary>
internal sealed class GatherElements : Op
{
    public override IReadOnlyList<int> Versions => [11, 13];

    public override void Infer(InferContext context)
    {
        var (data, indices) = (context.Type(0), context.Type(1));
        _ = InferContext.Axis(context.Attributes.Get("axis", 0L), data.Rank);
        if (data.Rank != indices.Rank)
        {
            throw new OperatorException($"data and indices must have one rank, not {data} and {indices}");
        }

        context.Output(0, data.With(indices.Shape));
    }

    public override void Lower(LowerContext context)
    {
        var (data, indices) = (context.Input(0), context.Input(1));
        var shape = data.Type.Shape;
        var axis = InferContext.Axis(context.Attributes.Get("axis", 0L), shape.Count);
        context.Call(
            typeof(Kernels.GatherElements), nameof(Kernels.GatherElements.Run), data, indices, context.Output,
            shape[axis], KernelAxes.Strides(shape)[axis], AxisGeometry.OfElements(shape, indices.Type.Shape, axis));
    }
}
