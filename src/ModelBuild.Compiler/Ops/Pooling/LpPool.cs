using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The p-norm of the values in a sliding window. https://onnx.ai/onnx/operators/onnx__LpPool.html
/// Versions: 1, 2 (p is an integer), 11, 18 (ceil_mode, dilations), 22 (bfloat16).
/// </summary>
internal sealed class LpPool : PoolOp
{
    public override IReadOnlyList<int> Versions => [1, 2, 11, 18, 22];

    protected override void EmitPlain(LowerContext context, Value x, Value y, Window window, StructLiteral shape, Dim planes) =>
        context.Call(typeof(PoolPlain), nameof(PoolPlain.Norm), x, y, planes, shape, context.Node.Version < 2 ? context.Attributes.Get("p", 2f) : (double)context.Attributes.Get("p", 2L));
}
