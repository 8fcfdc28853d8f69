using System;
using System.Collections.Generic;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The product of what comes up to each element along an axis. https://onnx.ai/onnx/operators/onnx__CumProd.html
/// Versions: 26.
/// </summary>
internal sealed class CumProd : CumulativeOp
{
    public override IReadOnlyList<int> Versions => [26];

    protected override Type Kernel => typeof(Kernels.CumProd);
}
