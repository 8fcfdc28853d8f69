using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>The cheapest way through a matrix of costs, [2, steps]: the rows and the columns. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.DynamicTimeWarping</summary>
internal sealed class DynamicTimeWarping : ContribOp
{
    public override void Expand(FunctionContext f)
    {
        var way = f.AddAll($"{OwnDomain}.{nameof(WarpTime)}", 2, Attributes.None, f.Require(0));
        f.Output(0, f.Add("Slice", way[0], f.Add("Neg", way[1]), f.Constant(long.MaxValue), f.Constant(1L)));
    }
}
