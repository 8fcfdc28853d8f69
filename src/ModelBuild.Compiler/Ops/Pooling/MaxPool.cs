using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The largest value in a sliding window. https://onnx.ai/onnx/operators/onnx__MaxPool.html
/// Versions: 1, 8 (second output), 10 (ceil_mode, dilations), 11, 12 (8-bit integers), 22 (bfloat16).
/// </summary>
internal sealed class MaxPool : PoolOp
{
    public override IReadOnlyList<int> Versions => [1, 8, 10, 11, 12, 22];

    protected override void EmitPlain(LowerContext context, Value x, Value y, Window window, StructLiteral shape, Dim planes) => context.Call(
        typeof(PoolPlain), nameof(PoolPlain.Max), x, y,
        context.Node.Outputs is [_, { } indices] ? indices : context.Temporary(ElementType.Int64, Dim.Zero, "indices"), planes, shape, context.Attributes.Flag("storage_order"));
}
