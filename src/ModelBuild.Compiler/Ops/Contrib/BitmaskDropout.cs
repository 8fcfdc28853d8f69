using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>Dropout whose mask is packed. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.BitmaskDropout Rejected: the mask as an output.</summary>
internal sealed class BitmaskDropout : ContribOp
{
    public override void Expand(FunctionContext f) =>
        f.Output(0, f.Wants(1) ? throw OperatorException.Unsupported("a packed mask is not supported") : f.Add("Dropout", f.Attributes, f.Require(0), f.Input(1), f.Input(2)));
}
