namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = x * coefficients^T + intercepts. https://onnx.ai/onnx/operators/onnx_aionnxml_LinearRegressor.html
/// Versions: 1.
/// </summary>
internal sealed class LinearRegressor : FunctionOp
{
    public override string Domain => "ai.onnx.ml";

    public override void Expand(FunctionContext f)
    {
        var scores = LinearScores.Of(f, f.Attributes.Int("targets", 1), f.Attributes.Get<float[]>("intercepts", []));
        f.Output(0, ScoreTransform.Of(f, scores));
    }
}
