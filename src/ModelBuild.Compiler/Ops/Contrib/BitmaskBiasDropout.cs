using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>BiasDropout whose mask is packed. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.BitmaskBiasDropout Rejected: the mask as an output.</summary>
internal sealed class BitmaskBiasDropout : ContribOp
{
    public override void Expand(FunctionContext f) =>
        f.Output(0, f.Wants(1) ? throw OperatorException.Unsupported("a packed mask is not supported")
            : f.Add($"{Microsoft}.{nameof(BiasDropout)}", f.Attributes, f.Require(0), f.Require(1), f.Input(2), f.Input(3), f.Input(4)));
}
