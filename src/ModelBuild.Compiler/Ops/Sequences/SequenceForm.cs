using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>What must be the same of two values that take the same place, such as the results of two branches, if one of them is no tensor.</summary>
/// <param name="Kind">What they are made of.</param>
/// <param name="ElementRank">The rank of the tensors within, see <see cref="SequenceParts"/>.</param>
internal sealed record SequenceForm(ValueKind Kind, int ElementRank)
{
    public static SequenceForm Of(Value value) => new(value.Type.Kind, value.Parts?.ElementRank ?? 0);

    /// <summary>The form that both values can be given.</summary>
    /// <exception cref="OperatorException">There is none.</exception>
    public static SequenceForm Common(Value a, Value b)
    {
        var kind = ValueParts.Common(a.Type.Kind, b.Type.Kind);
        if (kind == ValueKind.Tensor)
        {
            return new SequenceForm(kind, 0);
        }

        if (a.Type.Element != b.Type.Element)
        {
            throw new OperatorException($"a {kind} is of {a.Type.Element.ShortName()} in one place and of {b.Type.Element.ShortName()} in another");
        }

        if (a.Parts is MapParts x && b.Parts is MapParts y && x.Keys.Type.Element != y.Keys.Type.Element)
        {
            throw new OperatorException($"a map has keys of {x.Keys.Type.Element.ShortName()} in one place and of {y.Keys.Type.Element.ShortName()} in another");
        }

        return new SequenceForm(kind, SequenceParts.Common(RankOf(a), RankOf(b)));
    }

    /// <summary>The value in this form.</summary>
    public Value Convert(ControlFlowImporter node, Value value, ImportScope? scope)
    {
        if (Kind is ValueKind.Tensor or ValueKind.Map)
        {
            return value;
        }

        if (value.Parts is not SequenceParts parts)
        {
            return node.Expand(new Optional(), 1, Attributes.None, [value], scope)[0];
        }

        var hasValue = Kind == ValueKind.OptionalSequence ? parts.HasValue ?? Value.Of($"{value.Name}_has_value", Tensor.Scalar(true)) : null;
        return Value.Of(value.Name, parts with { Kind = Kind, ElementRank = ElementRank, HasValue = hasValue });
    }

    private static int RankOf(Value value) => value.Parts?.ElementRank ?? value.Type.Rank;
}
