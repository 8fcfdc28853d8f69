using System.Collections.Generic;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// swish(a) * b. https://onnx.ai/onnx/operators/onnx__SwiGLU.html
/// Versions: 28.
/// </summary>
internal sealed class SwiGLU : FunctionOp
{
    public override IReadOnlyList<int> Versions => [27, 28];

    public override void Expand(FunctionContext f) =>
        f.Output(0, f.Add("Mul", f.Add("Swish", Attributes.Of(("alpha", f.Attributes.Get("alpha", 1f))), f.Require(0)), f.Require(1)));
}
