using System.Collections.Generic;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The mean of the values in a sliding window; padding counts where count_include_pad says so. https://onnx.ai/onnx/operators/onnx__AveragePool.html
/// Versions: 1, 7 (count_include_pad), 10 (ceil_mode), 11, 19 (dilations), 22 (bfloat16).
/// </summary>
internal sealed class AveragePool : PoolOp
{
    public override IReadOnlyList<int> Versions => [1, 7, 10, 11, 19, 22];
}
