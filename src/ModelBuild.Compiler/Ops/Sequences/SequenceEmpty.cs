using System.Collections.Generic;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// A sequence without tensors. https://onnx.ai/onnx/operators/onnx__SequenceEmpty.html
/// Versions: 11.
/// </summary>
internal sealed class SequenceEmpty : FunctionOp
{
    public override IReadOnlyList<int> Versions => [11];

    public override void Expand(FunctionContext f) => f.Output(0, f.Sequence(Name, [], (ElementType)f.Attributes.Get("dtype", 1L)));
}
