using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y is data, except that y[indices[i]] = updates[i]: the last dimension of indices holds tuples of indices into the first axes.
/// https://onnx.ai/onnx/operators/onnx__ScatterND.html
/// Versions: 11, 13 (bfloat16), 16 (reduction add, mul), 18 (reduction max, min). An index that is out of range is an error at run time.
/// </summary>
internal sealed class ScatterND : Op
{
    public override IReadOnlyList<int> Versions => [11, 13, 16, 18];

    /// <summary>There is no kernel for bfloat16.</summary>
    public override bool TryExpand(FunctionContext context) => context.TryWiden(this);

    public override void Infer(InferContext context)
    {
        var (data, indices, updates) = (context.Type(0), context.Type(1), context.Type(2));
        var tuples = indices.Rank - 1;
        var width = tuples >= 0 && indices[-1].IsConstant ? indices[-1].Constant : -1;
        if (width < 0 || width > data.Rank || data.Element != updates.Element || updates.Rank != tuples + data.Rank - width
            || Enumerable.Range(0, updates.Rank).Any(i => !(i < tuples ? context.HaveSameSize(1, i, 2, i) : context.HaveSameSize(0, i - tuples + (int)width, 2, i))))
        {
            throw new OperatorException($"updates of {updates} at {indices} do not fit {data}");
        }

        context.Output(0, data);
    }

    public override void Lower(LowerContext context)
    {
        var (data, indices, y) = (context.Input(0), context.Input(1), context.Output);
        var (shape, index) = (data.Type.Shape, indices.Type.Shape);
        var width = (int)index[^1].Constant;
        context.Call(typeof(Copy), nameof(Copy.Run), data, y);
        context.Call(
            typeof(Kernels.ScatterND), nameof(Kernels.ScatterND.Run), indices, context.Input(2), y,
            KernelAxes.Extent(index, 0, index.Count - 1), KernelAxes.Extent(shape, width, shape.Count), AxisGeometry.OfTuples(shape, 0, width),
            ScatterReduction.Of(context.Attributes, y.Type.Element));
    }
}
