namespace ModelBuild.Compiler.Ops;

/// <summary>EmbedLayerNormalization of quantized embeddings. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.QEmbedLayerNormalization</summary>
internal sealed class QEmbedLayerNormalization : ContribOp
{
    public override void Expand(FunctionContext f)
    {
        // Scales of the five constants follow the mask, then their zero points.
        IR.Value? Real(int input, int parameter) => f.Input(input) is { } value
            ? f.Add("DequantizeLinear", value, f.One(f.Require(8 + parameter)), f.Input(13 + parameter) is { } zero ? f.One(zero) : null)
            : null;
        var results = f.AddAll(
            $"{Microsoft}.{nameof(EmbedLayerNormalization)}", 2, f.Attributes, f.Require(0), f.Input(1), Real(2, 0), Real(3, 1), Real(4, 2), Real(5, 3), Real(6, 4), f.Input(7));
        f.Output(0, results[0]);
        f.Output(1, results[1]);
    }
}
