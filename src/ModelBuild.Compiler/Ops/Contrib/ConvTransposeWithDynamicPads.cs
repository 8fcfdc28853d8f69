using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>ConvTranspose whose pads are an input. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.ConvTransposeWithDynamicPads Rejected: pads that are not constant.</summary>
internal sealed class ConvTransposeWithDynamicPads : ContribOp
{
    public override void Expand(FunctionContext f)
    {
        var attributes = f.Input(2) is not { } pads ? f.Attributes
            : pads.Constant is { } constant ? f.Attributes.With("pads", constant.ToInt64()) : throw OperatorException.Unsupported("pads that a run computes are not supported");
        f.Output(0, f.Add("ConvTranspose", attributes, f.Require(0), f.Require(1), f.Input(3)));
    }
}
