using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>RMSNormalization of a sum of two tensors and a bias; the last output is that sum. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.SkipSimplifiedLayerNormalization Rejected: statistics as outputs.</summary>
internal sealed class SkipSimplifiedLayerNormalization : ContribOp
{
    public override void Expand(FunctionContext f)
    {
        if (f.Wants(1) || f.Wants(2))
        {
            throw OperatorException.Unsupported("statistics as outputs are not supported");
        }

        var sum = SkipLayerNormalization.Sum(f, 3);
        f.Output(0, f.Add("RMSNormalization", Attributes.Of(("axis", -1), ("epsilon", f.Attributes.Get("epsilon", 1e-12f))), sum, f.Require(2)));
        f.Output(3, sum);
    }
}
