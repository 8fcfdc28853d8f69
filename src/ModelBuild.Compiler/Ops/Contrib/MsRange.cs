namespace ModelBuild.Compiler.Ops;

/// <summary>Range of ONNX; the delta is 1 where it is absent, and numbers may be vectors of one element. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.Range</summary>
internal sealed class MsRange : ContribOp
{
    public override string Name => "Range";

    public override void Expand(FunctionContext f)
    {
        var start = f.One(f.Require(0));
        f.Output(0, f.Add("Range", start, f.One(f.Require(1)), f.Input(2) is { } delta ? f.One(delta) : f.Number(1, start)));
    }
}
