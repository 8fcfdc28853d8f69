namespace ModelBuild.Compiler.Ops;

/// <summary>
/// A map from the label of each class to its score, for each row. https://onnx.ai/onnx/operators/onnx_aionnxml_ZipMap.html
/// Versions: 1. The labels are the same in all maps, so the scores are given as they are, [rows, classes]: what a map looks up is a column here.
/// </summary>
internal sealed class ZipMap : FunctionOp
{
    public override string Domain => "ai.onnx.ml";

    public override void Expand(FunctionContext f) => f.Output(0, f.Require(0));
}
