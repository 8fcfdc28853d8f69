using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Chosen elements along the last axis. https://onnx.ai/onnx/operators/onnx_aionnxml_ArrayFeatureExtractor.html
/// Versions: 1.
/// </summary>
internal sealed class ArrayFeatureExtractor : FunctionOp
{
    public override string Domain => "ai.onnx.ml";

    public override void Expand(FunctionContext f)
    {
        var chosen = f.Add("Gather", Attributes.Of(("axis", f.Type(0).Rank - 1)), f.Require(0), f.Add("Reshape", f.Require(1), f.Constant(-1L)));
        f.Output(0, f.Type(0).Rank == 1 ? f.Add("Reshape", chosen, f.Constant(1, -1)) : chosen);
    }
}
