namespace ModelBuild.Compiler.Ops;

/// <summary>GridSample of ONNX, whose modes have had other names. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.GridSample</summary>
internal sealed class MsGridSample : ContribOp
{
    public override string Name => "GridSample";

    public override void Expand(FunctionContext f)
    {
        var mode = f.Attributes.Get("mode", "bilinear") switch
        {
            "bilinear" => "linear",
            "bicubic" => "cubic",
            var other => other,
        };
        f.Output(0, f.Add("GridSample", f.Attributes.With("mode", mode), f.Require(0), f.Require(1)));
    }
}
