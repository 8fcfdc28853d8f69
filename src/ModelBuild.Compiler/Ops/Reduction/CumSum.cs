using System;
using System.Collections.Generic;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The sum of what comes up to each element along an axis. https://onnx.ai/onnx/operators/onnx__CumSum.html
/// Versions: 11, 14 (bfloat16).
/// </summary>
internal sealed class CumSum : CumulativeOp
{
    public override IReadOnlyList<int> Versions => [11, 14];

    protected override Type Kernel => typeof(Kernels.CumSum);
}
