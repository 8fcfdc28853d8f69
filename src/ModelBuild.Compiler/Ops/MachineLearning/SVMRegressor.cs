using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = the sum over the support vectors of coefficient * K(x, vector), + rho; with one_class its sign, 1 or -1. Without support vectors the coefficients are those of x.
/// https://onnx.ai/onnx/operators/onnx_aionnxml_SVMRegressor.html
/// Versions: 1. There is one target.
/// </summary>
internal sealed class SVMRegressor : FunctionOp
{
    public override string Domain => "ai.onnx.ml";

    public override void Expand(FunctionContext f)
    {
        var (coefficients, rho, count) = (f.Attributes.Require<float[]>("coefficients"), f.Attributes.Require<float[]>("rho"), f.Attributes.Int("n_supports", 0));
        var x = LinearScores.Rows(f, f.Require(0));
        if (rho.Length == 0 || (count > 0 && coefficients.Length != count))
        {
            throw new OperatorException($"{coefficients.Length} coefficients and {rho.Length} offsets do not fit {count} support vectors and one target");
        }

        var y = f.Add("Gemm", count > 0 ? SupportProducts.Of(f, x, count) : x, f.Constant(Tensor.Of<float>(coefficients, coefficients.Length, 1)), f.Constant(Tensor.Of<float>([rho[0]], 1)));
        if (f.Attributes.Flag("one_class"))
        {
            f.Output(0, f.Add("Where", f.Add("Greater", y, f.Scalar(0)), f.Scalar(1), f.Scalar(-1)));
            return;
        }

        f.Output(0, ScoreTransform.Of(f, y));
    }
}
