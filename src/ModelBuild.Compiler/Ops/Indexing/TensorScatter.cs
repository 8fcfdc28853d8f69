using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// A cache with a piece of a sequence written into it, for each sample at an index of its own. https://onnx.ai/onnx/operators/onnx__TensorScatter.html
/// Versions: 24.
/// </summary>
internal sealed class TensorScatter : Op
{
    public override IReadOnlyList<int> Versions => [24];

    public override void Infer(InferContext context)
    {
        var (past, update) = (context.Type(0), context.Type(1));
        var axis = InferContext.Axis(context.Attributes.Get("axis", -2L), past.Rank);
        if (update.Rank != past.Rank || Enumerable.Range(0, past.Rank).Any(i => i != axis && !context.HaveSameSize(0, i, 1, i)))
        {
            throw new OperatorException($"{update} is no piece of {past} along axis {axis}");
        }

        context.Output(0, past);
    }

    public override void Lower(LowerContext context)
    {
        var (past, update) = (context.Input(0).Type, context.Input(1).Type);
        var axis = InferContext.Axis(context.Attributes.Get("axis", -2L), past.Rank);
        context.Call(
            typeof(Kernels.TensorScatter), nameof(Kernels.TensorScatter.Run), context.Input(0), context.Input(1),
            context.Node.Input(2) ?? Value.Of("none", Tensor.Vector([])), context.Output, past[0], KernelAxes.Extent(past.Shape, 1, axis), past[axis], update[axis],
            KernelAxes.Extent(past.Shape, axis + 1, past.Rank), context.Attributes.Get("mode", "linear") == "circular");
    }
}
