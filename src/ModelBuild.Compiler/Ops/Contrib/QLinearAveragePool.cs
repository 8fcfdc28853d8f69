namespace ModelBuild.Compiler.Ops;

/// <summary>AveragePool of a quantized tensor, quantized. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.QLinearAveragePool</summary>
internal sealed class QLinearAveragePool : FunctionOp
{
    public override string Domain => "com.microsoft";

    public override void Expand(FunctionContext f)
    {
        var pooled = ChannelsLast.Apply(f, Requantized.Real(f, 0, 1, 2), x => f.Add("AveragePool", f.Attributes.Without("channels_last"), x), f.Attributes.Flag("channels_last"));
        f.Output(0, Requantized.Quantized(f, pooled, 3, 4));
    }
}
