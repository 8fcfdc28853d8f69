using System.Collections.Generic;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// What an optional has in it. A run in which it is absent fails, or gets an empty sequence. https://onnx.ai/onnx/operators/onnx__OptionalGetElement.html
/// Versions: 15, 18 (tensors and sequences).
/// </summary>
internal sealed class OptionalGetElement : FunctionOp
{
    public override IReadOnlyList<int> Versions => [15, 18];

    public override void Expand(FunctionContext f) => f.Output(0, f.Require(0) switch
    {
        { Parts: SequenceParts { Kind: ValueKind.OptionalSequence } parts } => Value.Of(Name, parts with { Kind = ValueKind.Sequence, HasValue = null }),
        { Parts: SequenceParts { Kind: ValueKind.Optional } parts } => Sequences.At(f, parts, f.Constant(Tensor.Scalar(0L))),
        var value => value,
    });
}
