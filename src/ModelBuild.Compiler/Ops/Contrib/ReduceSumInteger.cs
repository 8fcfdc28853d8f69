using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>Sums of bytes along axes, of 32-bit integers. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.ReduceSumInteger</summary>
internal sealed class ReduceSumInteger : ContribOp
{
    public override void Expand(FunctionContext f)
    {
        var type = f.Type(0).Element == ElementType.UInt8 ? ElementType.UInt32 : ElementType.Int32;
        f.Output(0, f.Add("ReduceSum", Attributes.Of(("keepdims", f.Attributes.Get("keepdims", 1L))), f.As(f.Require(0), type), f.Constant(f.Attributes.Require<long[]>("axes"))));
    }
}
