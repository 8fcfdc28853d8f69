using System.Collections.Generic;
using System.Linq;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// A sequence of the inputs. https://onnx.ai/onnx/operators/onnx__SequenceConstruct.html
/// Versions: 11.
/// </summary>
internal sealed class SequenceConstruct : FunctionOp
{
    public override IReadOnlyList<int> Versions => [11];

    public override void Expand(FunctionContext f) => f.Output(0, f.Sequence(Name, [.. Enumerable.Range(0, f.InputCount).Select(f.Require)], f.Type(0).Element));
}
