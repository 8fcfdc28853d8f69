using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The last dimension of indices holds tuples of indices into the first axes of data after the batch ones; each selects what the remaining axes hold.
/// https://onnx.ai/onnx/operators/onnx__GatherND.html
/// Versions: 11, 12 (batch_dims), 13 (bfloat16). An index that is out of range is an error at run time.
/// </summary>
internal sealed class GatherND : Op
{
    public override IReadOnlyList<int> Versions => [11, 12, 13];

    public override void Infer(InferContext context)
    {
        var (data, indices) = (context.Type(0), context.Type(1));
        var batch = context.Attributes.Int("batch_dims", 0);
        if (batch < 0 || indices.Rank <= batch || !indices[-1].IsConstant || batch + indices[-1].Constant > data.Rank || Enumerable.Range(0, batch).Any(i => !context.HaveSameSize(0, i, 1, i)))
        {
            throw new OperatorException($"{indices} cannot index {data} with {batch} batch dimensions");
        }

        context.Output(0, data.With([.. indices.Shape.SkipLast(1), .. data.Shape.Skip(batch + (int)indices[-1].Constant)]));
    }

    public override void Lower(LowerContext context)
    {
        var (data, indices) = (context.Input(0), context.Input(1));
        var (shape, index) = (data.Type.Shape, indices.Type.Shape);
        var batch = context.Attributes.Int("batch_dims", 0);
        var width = (int)index[^1].Constant;
        context.Call(
            typeof(Kernels.GatherND), nameof(Kernels.GatherND.Run), data, indices, context.Output,
            KernelAxes.Extent(shape, 0, batch), KernelAxes.Extent(index, batch, index.Count - 1), KernelAxes.Extent(shape, batch, shape.Count),
            KernelAxes.Extent(shape, batch + width, shape.Count), AxisGeometry.OfTuples(shape, batch, width));
    }
}
