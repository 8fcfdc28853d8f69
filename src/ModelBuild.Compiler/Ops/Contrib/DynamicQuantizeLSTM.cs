using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// LSTM with quantized weights, which stand transposed: [directions, inputs, 4 * hidden] and [directions, hidden, 4 * hidden].
/// https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.DynamicQuantizeLSTM
/// Inputs and states are not rounded to 8 bits, as ONNX Runtime does for speed: the result is the more accurate one.
/// </summary>
internal sealed class DynamicQuantizeLSTM : ContribOp
{
    public override void Expand(FunctionContext f)
    {
        // A scale and a zero point for each direction, or for each of its columns.
        Value Weights(int input, int scale)
        {
            Value Spread(Value parameter) => f.Add("Unsqueeze", parameter, parameter.Type.Rank == 1 ? f.Constant(1, 2) : f.Constant(1L));
            var scales = f.Require(scale);
            var x = f.As(f.Require(input), scales.Type.Element);
            var centred = f.Input(scale + 1) is { } zero ? f.Add("Sub", x, f.As(Spread(zero), scales.Type.Element)) : x;
            return f.Add("Transpose", Attributes.Of(("perm", (long[])[0, 2, 1])), f.Add("Mul", centred, Spread(scales)));
        }

        var results = f.AddAll("LSTM", 3, f.Attributes, f.Require(0), Weights(1, 8), Weights(2, 10), f.Input(3), f.Input(4), f.Input(5), f.Input(6), f.Input(7));
        for (var i = 0; i < results.Length; i++)
        {
            f.Output(i, results[i]);
        }
    }
}
