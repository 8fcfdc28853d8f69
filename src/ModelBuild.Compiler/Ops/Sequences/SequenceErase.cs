using System.Collections.Generic;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// A sequence without the tensor at a position, or without the last. https://onnx.ai/onnx/operators/onnx__SequenceErase.html
/// Versions: 11.
/// </summary>
internal sealed class SequenceErase : FunctionOp
{
    public override IReadOnlyList<int> Versions => [11];

    public override void Expand(FunctionContext f) => f.Output(0, Sequences.Erased(f, Name, f.Sequence(0), f.Input(1)));
}
