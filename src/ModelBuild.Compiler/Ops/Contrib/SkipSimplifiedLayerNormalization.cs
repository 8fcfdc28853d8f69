using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// RMSNormalization of a sum of two tensors and a bias; the last output is that sum, those before it the mean of each row and what the row is multiplied with.
/// https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.SkipSimplifiedLayerNormalization
/// </summary>
internal sealed class SkipSimplifiedLayerNormalization : ContribOp
{
    public override void Expand(FunctionContext f)
    {
        var epsilon = f.Attributes.Get("epsilon", 1e-12f);
        var sum = SkipLayerNormalization.Sum(f, 3);
        f.Output(0, f.Add("RMSNormalization", Attributes.Of(("axis", -1), ("epsilon", epsilon)), sum, f.Require(2)));
        f.Output(3, sum);
        if (f.Wants(1) || f.Wants(2))
        {
            var (wide, last) = (f.As(sum, ElementType.Float), f.Constant(-1L));
            f.Output(1, f.Add("ReduceMean", wide, last));
            var square = f.Add("ReduceMean", f.Add("Mul", wide, wide), last);
            f.Output(2, f.Add("Reciprocal", f.Add("Sqrt", f.Add("Add", square, f.Scalar(epsilon)))));
        }
    }
}
