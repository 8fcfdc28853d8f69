using System.Collections.Generic;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The parts of each text, and how many it has. https://onnx.ai/onnx/operators/onnx__StringSplit.html
/// Versions: 20.
/// </summary>
internal sealed class StringSplit : FunctionOp
{
    public override IReadOnlyList<int> Versions => [20];

    public override void Expand(FunctionContext f)
    {
        var counts = f.AddAll($"{OwnDomain}.{nameof(CountTextParts)}", 2, f.Attributes, f.Require(0));
        f.Output(0, f.Add($"{OwnDomain}.{nameof(SplitTexts)}", f.Attributes, f.Require(0), counts[1]));
        f.Output(1, counts[0]);
    }
}
