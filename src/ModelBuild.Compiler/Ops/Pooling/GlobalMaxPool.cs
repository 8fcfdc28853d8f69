using System.Collections.Generic;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>The largest value over all spatial axes. https://onnx.ai/onnx/operators/onnx__GlobalMaxPool.html Versions: 1, 22 (bfloat16).</summary>
internal sealed class GlobalMaxPool : GlobalPoolOp
{
    public override IReadOnlyList<int> Versions => [1, 22];

    public override object Reduction => new ReduceMaxF32();
}
