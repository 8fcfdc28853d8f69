using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>RMSNormalization by the name that ONNX Runtime has for it.</summary>
internal sealed class MsSimplifiedLayerNormalization : FunctionOp
{
    public override string Name => "SimplifiedLayerNormalization";

    public override string Domain => "com.microsoft";

    public override void Expand(FunctionContext f) =>
        f.Output(0, f.Add("RMSNormalization", Attributes.Of(("axis", f.Attributes.Get("axis", -1L)), ("epsilon", f.Attributes.Get("epsilon", 1e-5f))), f.Require(0), f.Require(1)));
}
