using System.Collections.Generic;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// One tensor of a sequence. https://onnx.ai/onnx/operators/onnx__SequenceAt.html
/// Versions: 11. Rejected: a sequence whose tensors have no common rank that is known.
/// </summary>
internal sealed class SequenceAt : FunctionOp
{
    public override IReadOnlyList<int> Versions => [11];

    public override void Expand(FunctionContext f) => f.Output(0, Sequences.At(f, f.Sequence(0), f.Require(1)));
}
