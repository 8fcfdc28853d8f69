using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The beginning of each sequence of a batch turned round. https://onnx.ai/onnx/operators/onnx__ReverseSequence.html
/// Versions: 10. The batch and the time are the first two axes, either way.
/// </summary>
internal sealed class ReverseSequence : Op
{
    public override IReadOnlyList<int> Versions => [10];

    public override void Infer(InferContext context)
    {
        var (batch, time) = (context.Attributes.Get("batch_axis", 1L), context.Attributes.Get("time_axis", 0L));
        context.Output(0, context.Type(0).Rank >= 2 && (batch, time) is (0, 1) or (1, 0) ? context.Type(0) : throw new OperatorException($"batch_axis={batch} and time_axis={time} are not 0 and 1"));
    }

    public override void Lower(LowerContext context)
    {
        var shape = context.Input(0).Type.Shape;
        context.Call(
            typeof(Kernels.ReverseSequence), nameof(Kernels.ReverseSequence.Run), context.Input(0), context.Input(1), context.Output, shape[0], shape[1], KernelAxes.Extent(shape, 2, shape.Count), context.Attributes.Get("time_axis", 0L) == 0);
    }
}
