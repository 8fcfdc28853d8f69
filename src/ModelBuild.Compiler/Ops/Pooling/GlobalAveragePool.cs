using System.Collections.Generic;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>The mean over all spatial axes. https://onnx.ai/onnx/operators/onnx__GlobalAveragePool.html Versions: 1, 22 (bfloat16).</summary>
internal sealed class GlobalAveragePool : GlobalPoolOp
{
    public override IReadOnlyList<int> Versions => [1, 22];

    public override object Reduction => new ReduceMeanF32();
}
