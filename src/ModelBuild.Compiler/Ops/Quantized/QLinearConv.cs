using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The convolution of quantized tensors, quantized. https://onnx.ai/onnx/operators/onnx__QLinearConv.html
/// Versions: 10.
/// </summary>
internal sealed class QLinearConv : FunctionOp
{
    public override IReadOnlyList<int> Versions => [10];

    public override void Expand(FunctionContext f)
    {
        var (x, w) = (Requantized.Real(f, 0, 1, 2), Requantized.Real(f, 3, 4, 5, 0));
        Value? bias = null;
        if (f.Input(8) is { } given)
        {
            // The bias counts in products of both scales.
            var scale = f.Add("Mul", f.Require(1), f.Require(4));
            bias = scale.Type.Length.Equals(Dim.One) ? f.Add("DequantizeLinear", given, scale.Constant is { } one ? f.Constant(one.Reshaped()) : f.Add("Reshape", scale, f.Constant(new long[0]))) : f.Add("DequantizeLinear", Attributes.Of(("axis", 0)), given, scale);
        }

        f.Output(0, Requantized.Quantized(f, f.Add("Conv", f.Attributes, x, w, bias), 6, 7));
    }
}
