using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// 1 where x is larger than a threshold, else 0. https://onnx.ai/onnx/operators/onnx_aionnxml_Binarizer.html
/// Versions: 1.
/// </summary>
internal sealed class Binarizer : FunctionOp
{
    public override string Domain => "ai.onnx.ml";

    public override void Expand(FunctionContext f)
    {
        var type = f.Type(0).Element;
        var threshold = f.Add("Cast", Attributes.Of(("to", (long)type)), f.Scalar(f.Attributes.Get("threshold", 0f)));
        f.Output(0, f.Add("Cast", Attributes.Of(("to", (long)type)), f.Add("Greater", f.Require(0), threshold)));
    }
}
