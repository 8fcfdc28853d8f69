using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>Gemm, then an activation. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.FusedGemm</summary>
internal sealed class FusedGemm : FunctionOp
{
    public override string Domain => "com.microsoft";

    public override void Expand(FunctionContext f)
    {
        var attributes = Attributes.Of(
            ("alpha", f.Attributes.Get("alpha", 1f)), ("beta", f.Attributes.Get("beta", 1f)), ("transA", f.Attributes.Get("transA", 0L)), ("transB", f.Attributes.Get("transB", 0L)));
        f.Output(0, FusedActivation.Apply(f, f.Add("Gemm", attributes, f.Require(0), f.Require(1), f.Input(2))));
    }
}
