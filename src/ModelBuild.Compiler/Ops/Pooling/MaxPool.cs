using System.Collections.Generic;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The largest value in a sliding window. https://onnx.ai/onnx/operators/onnx__MaxPool.html
/// Versions: 1, 8 (second output), 10 (ceil_mode, dilations), 11, 12 (8-bit integers), 22 (bfloat16). Refused: the second output.
/// </summary>
internal sealed class MaxPool : PoolOp
{
    public override IReadOnlyList<int> Versions => [1, 8, 10, 11, 12, 22];
}
