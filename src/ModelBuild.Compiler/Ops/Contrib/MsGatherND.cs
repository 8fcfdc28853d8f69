namespace ModelBuild.Compiler.Ops;

/// <summary>GatherND of ONNX without batch axes. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.GatherND</summary>
internal sealed class MsGatherND : ContribOp
{
    public override string Name => "GatherND";

    public override void Expand(FunctionContext f) => f.Output(0, f.Add("GatherND", f.Require(0), f.As(f.Require(1), Plan.ElementType.Int64)));
}
