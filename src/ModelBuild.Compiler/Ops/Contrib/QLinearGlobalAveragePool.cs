namespace ModelBuild.Compiler.Ops;

/// <summary>GlobalAveragePool of a quantized tensor, quantized. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.QLinearGlobalAveragePool</summary>
internal sealed class QLinearGlobalAveragePool : FunctionOp
{
    public override string Domain => "com.microsoft";

    public override void Expand(FunctionContext f)
    {
        var pooled = ChannelsLast.Apply(f, Requantized.Real(f, 0, 1, 2), x => f.Add("GlobalAveragePool", f.Attributes.Without("channels_last"), x), f.Attributes.Flag("channels_last"));
        f.Output(0, Requantized.Quantized(f, pooled, 3, 4));
    }
}
