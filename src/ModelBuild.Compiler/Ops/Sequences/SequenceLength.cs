using System.Collections.Generic;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// How many tensors a sequence has. https://onnx.ai/onnx/operators/onnx__SequenceLength.html
/// Versions: 11.
/// </summary>
internal sealed class SequenceLength : FunctionOp
{
    public override IReadOnlyList<int> Versions => [11];

    public override void Expand(FunctionContext f) => f.Output(0, Sequences.Length(f, f.Sequence(0)));
}
