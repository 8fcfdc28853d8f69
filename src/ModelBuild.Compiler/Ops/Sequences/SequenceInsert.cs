using System.Collections.Generic;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// A sequence with a tensor put in at a position, or at the end. https://onnx.ai/onnx/operators/onnx__SequenceInsert.html
/// Versions: 11.
/// </summary>
internal sealed class SequenceInsert : FunctionOp
{
    public override IReadOnlyList<int> Versions => [11];

    public override void Expand(FunctionContext f) => f.Output(0, Sequences.Inserted(f, Name, f.Sequence(0), f.Require(1), f.Input(2)));
}
