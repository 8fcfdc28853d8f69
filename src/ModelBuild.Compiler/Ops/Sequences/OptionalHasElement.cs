using System.Collections.Generic;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Whether an optional is present: what is no optional is, and what is left out is not. https://onnx.ai/onnx/operators/onnx__OptionalHasElement.html
/// Versions: 15, 18 (tensors, sequences and nothing).
/// </summary>
internal sealed class OptionalHasElement : FunctionOp
{
    public override IReadOnlyList<int> Versions => [15, 18];

    public override void Expand(FunctionContext f) => f.Output(0, f.Input(0) switch
    {
        null => f.Constant(Tensor.Scalar(false)),
        { Parts: SequenceParts { Kind: ValueKind.OptionalSequence } parts } => parts.HasValue!,
        { Parts: SequenceParts { Kind: ValueKind.Optional } parts } => f.Add("Greater", Sequences.Length(f, parts), f.Constant(Tensor.Scalar(0L))),
        _ => f.Constant(Tensor.Scalar(true)),
    });
}
