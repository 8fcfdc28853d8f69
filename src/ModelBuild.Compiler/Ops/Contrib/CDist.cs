using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>The distance of each row of a to each row of b. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.CDist Rejected: metrics other than euclidean and sqeuclidean.</summary>
internal sealed class CDist : ContribOp
{
    public override void Expand(FunctionContext f)
    {
        var metric = f.Attributes.Get("metric", "sqeuclidean");
        if (metric is not ("euclidean" or "sqeuclidean"))
        {
            throw OperatorException.Unsupported($"the metric {metric} is not supported");
        }

        var differences = f.Add("Sub", f.Add("Unsqueeze", f.Require(0), f.Constant(1L)), f.Add("Unsqueeze", f.Require(1), f.Constant(0L)));
        f.Output(0, f.Add(metric == "euclidean" ? "ReduceL2" : "ReduceSumSquare", Attributes.Of(("keepdims", 0)), differences, f.Constant(2L)));
    }
}
