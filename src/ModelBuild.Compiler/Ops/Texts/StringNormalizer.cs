using System.Collections.Generic;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Texts without stop words, in another case. https://onnx.ai/onnx/operators/onnx__StringNormalizer.html
/// Versions: 10. x is a vector, or a matrix of one row.
/// </summary>
internal sealed class StringNormalizer : FunctionOp
{
    public override IReadOnlyList<int> Versions => [10];

    public override void Expand(FunctionContext f)
    {
        var x = f.Type(0).Rank <= 1 ? f.Require(0) : f.Add("Reshape", f.Require(0), f.Constant(-1L));
        var kept = f.Add($"{OwnDomain}.{nameof(NormalizeTexts)}", f.Attributes, x, f.Add($"{OwnDomain}.{nameof(CountKeptTexts)}", f.Attributes, x));
        f.Output(0, f.Type(0).Rank <= 1 ? kept : f.Add("Unsqueeze", kept, f.Constant(0L)));
    }
}
