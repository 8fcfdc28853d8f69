using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The mean of the values in a sliding window; padding counts where count_include_pad says so. https://onnx.ai/onnx/operators/onnx__AveragePool.html
/// Versions: 1, 7 (count_include_pad), 10 (ceil_mode), 11, 19 (dilations), 22 (bfloat16).
/// </summary>
internal sealed class AveragePool : PoolOp
{
    public override IReadOnlyList<int> Versions => [1, 7, 10, 11, 19, 22];

    protected override void EmitPlain(LowerContext context, Value x, Value y, Window window, StructLiteral shape, Dim planes)
    {
        Dim End(int axis) => axis < window.PadsEnd.Count ? window.PadsEnd[axis] : 0;
        context.Call(typeof(PoolPlain), nameof(PoolPlain.Average), x, y, planes, shape, context.Attributes.Flag("count_include_pad"), End(0), End(1), End(2), End(3));
    }
}
