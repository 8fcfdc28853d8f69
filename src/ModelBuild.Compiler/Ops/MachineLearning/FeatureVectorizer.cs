using System.Linq;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The features of all inputs side by side, as 32-bit floats. https://onnx.ai/onnx/operators/onnx_aionnxml_FeatureVectorizer.html
/// Versions: 1.
/// </summary>
internal sealed class FeatureVectorizer : FunctionOp
{
    public override string Domain => "ai.onnx.ml";

    public override void Expand(FunctionContext f)
    {
        Value Column(int input)
        {
            var x = LinearScores.Rows(f, f.Require(input));
            return x.Type.Rank == 2 ? x : f.Add("Flatten", x);
        }

        f.Output(0, f.Add("Concat", Attributes.Of(("axis", 1)), [.. Enumerable.Range(0, f.InputCount).Select(input => (Value?)Column(input))]));
    }
}
