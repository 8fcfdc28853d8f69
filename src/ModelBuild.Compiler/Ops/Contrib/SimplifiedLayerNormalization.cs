using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>RMSNormalization by the name that ONNX Runtime has for it, in the standard domain, where its optimizer puts it.</summary>
internal sealed class SimplifiedLayerNormalization : FunctionOp
{
    public override void Expand(FunctionContext f) =>
        f.Output(0, f.Add("RMSNormalization", Attributes.Of(("axis", f.Attributes.Get("axis", -1L)), ("epsilon", f.Attributes.Get("epsilon", 1e-5f))), f.Require(0), f.Require(1)));
}
