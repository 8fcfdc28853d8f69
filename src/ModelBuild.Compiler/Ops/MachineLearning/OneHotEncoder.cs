using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// A new last axis with 1 at the category of each element and 0 elsewhere. https://onnx.ai/onnx/operators/onnx_aionnxml_OneHotEncoder.html
/// Versions: 1. An element that is no category has no 1, whatever the attribute zeros says.
/// </summary>
internal sealed class OneHotEncoder : FunctionOp
{
    public override string Domain => "ai.onnx.ml";

    public override void Expand(FunctionContext f)
    {
        var x = f.Require(0);
        var isText = x.Type.Element == ElementType.String;
        var categories = ClassLabels.Of(f, isText ? "none" : "cats_int64s", "cats_strings");
        x = isText || x.Type.Element == ElementType.Int64 ? x : f.Add("Cast", Attributes.Of(("to", (long)ElementType.Int64)), x);
        var equal = f.Add("Equal", f.Add("Unsqueeze", x, f.Constant(x.Type.Rank)), categories);
        f.Output(0, f.Add("Cast", Attributes.Of(("to", (long)ElementType.Float)), equal));
    }
}
