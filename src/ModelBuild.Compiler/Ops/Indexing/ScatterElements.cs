using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y is data, except that y[i, indices[i, j, k], k] = updates[i, j, k] for axis 1, and so for any axis. https://onnx.ai/onnx/operators/onnx__ScatterElements.html
/// Versions: 11, 13 (bfloat16), 16 (reduction add, mul), 18 (reduction max, min). An index that is out of range is an error at run time.
/// </summary>
internal class ScatterElements : Op
{
    public override IReadOnlyList<int> Versions => [11, 13, 16, 18];

    /// <summary>There is no kernel for bfloat16.</summary>
    public override bool TryExpand(FunctionContext context) => context.TryWiden(this);

    public override void Infer(InferContext context)
    {
        var (data, indices, updates) = (context.Type(0), context.Type(1), context.Type(2));
        _ = InferContext.Axis(context.Attributes.Get("axis", 0L), data.Rank);
        if (data.Rank != indices.Rank || data.Rank != updates.Rank || Enumerable.Range(0, data.Rank).Any(i => !context.HaveSameSize(1, i, 2, i)) || data.Element != updates.Element)
        {
            throw new OperatorException($"updates of {updates} at {indices} do not fit {data}");
        }

        context.Output(0, data);
    }

    public override void Lower(LowerContext context)
    {
        var (data, indices, y) = (context.Input(0), context.Input(1), context.Output);
        var shape = data.Type.Shape;
        var axis = InferContext.Axis(context.Attributes.Get("axis", 0L), shape.Count);
        context.Call(typeof(Copy), nameof(Copy.Run), data, y);
        context.Call(
            typeof(Kernels.ScatterElements), nameof(Kernels.ScatterElements.Run), indices, context.Input(2), y,
            shape[axis], KernelAxes.Strides(shape)[axis], AxisGeometry.OfElements(shape, indices.Type.Shape, axis), ScatterReduction.Of(context.Attributes, y.Type.Element));
    }
}
