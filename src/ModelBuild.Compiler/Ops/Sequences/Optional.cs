using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// A tensor or a sequence that may be absent. https://onnx.ai/onnx/operators/onnx__Optional.html
/// Versions: 15. The importer reads the attribute type.
/// </summary>
internal sealed class Optional : FunctionOp
{
    public const string ElementAttribute = "element";
    public const string SequenceAttribute = "is_sequence";

    public override IReadOnlyList<int> Versions => [15];

    public override void Expand(FunctionContext f)
    {
        if (f.Input(0) is { } value)
        {
            f.Output(0, value.Parts is null ? f.Sequence(Name, [value], value.Type.Element, ValueKind.Optional)
                : value.Parts is SequenceParts { Kind: ValueKind.Sequence } sequence ? Value.Of(Name, sequence with { Kind = ValueKind.OptionalSequence, HasValue = f.Constant(Tensor.Scalar(true)) })
                : throw new OperatorException($"an optional of {value.Type.Kind} cannot be"));
            return;
        }

        var element = (ElementType)f.Attributes.Require<long>(ElementAttribute);
        if (element == ElementType.Undefined)
        {
            throw new OperatorException("its attribute type does not say of what type the elements are");
        }

        var none = f.Sequence(Name, [], element, ValueKind.Optional);
        f.Output(0, f.Attributes.Flag(SequenceAttribute) ? Value.Of(Name, ((SequenceParts)none.Parts!) with { Kind = ValueKind.OptionalSequence, HasValue = f.Constant(Tensor.Scalar(false)) }) : none);
    }
}
