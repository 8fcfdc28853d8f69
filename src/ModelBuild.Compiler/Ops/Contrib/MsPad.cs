namespace ModelBuild.Compiler.Ops;

/// <summary>Pad of ONNX; the pads may be the one row of a matrix. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.Pad</summary>
internal sealed class MsPad : ContribOp
{
    public override string Name => "Pad";

    public override void Expand(FunctionContext f) =>
        f.Output(0, f.Add("Pad", f.Attributes, f.Require(0), f.Add("Reshape", f.Require(1), f.Constant(-1L)), f.Input(2) is { } value ? f.One(value) : null));
}
