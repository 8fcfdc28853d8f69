using System;
using System.Collections.Generic;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The product of quantized matrices, quantized. https://onnx.ai/onnx/operators/onnx__QLinearMatMul.html
/// Versions: 10, 21 (more types). A vector of scales has one for each row of the first matrix, or each column of the second.
/// </summary>
internal sealed class QLinearMatMul : FunctionOp
{
    public override IReadOnlyList<int> Versions => [10, 21];

    public override void Expand(FunctionContext f)
    {
        var (a, b) = (Requantized.Real(f, 0, 1, 2, Math.Max(0, f.Type(0).Rank - 2)), Requantized.Real(f, 3, 4, 5, f.Type(3).Rank - 1));
        f.Output(0, Requantized.Quantized(f, f.Add("MatMul", a, b), 6, 7));
    }
}
