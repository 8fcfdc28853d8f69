using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = ln(x). https://onnx.ai/onnx/operators/onnx__Log.html
/// Versions: 1, 6 (no consumed_inputs), 13 (bfloat16).
/// </summary>
internal sealed class Log : UnaryOp
{
    public override IReadOnlyList<int> Versions => [1, 6, 13];

    public override object Operation(Attributes attributes, Node node) => new LogF32();

    protected override MathFunction? Function => MathFunction.Log;
}
