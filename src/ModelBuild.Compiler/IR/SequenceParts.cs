using System.Collections.Generic;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.IR;

/// <summary>
/// The tensors of which a sequence consists, or an optional: the elements of all its tensors one after another, their sizes one after another, and their ranks. Only
/// names of a model that is being imported stand for sequences; operators on them become operators on the parts, so that everything behind knows tensors alone, and
/// what holds for tensors whose sizes a run decides holds for sequences too.
/// </summary>
/// <param name="Kind">Anything but a tensor.</param>
/// <param name="ElementRank">The rank of every tensor in it; <see cref="AnyRank"/> where there is none, <see cref="MixedRank"/> where it is not known or not the same.</param>
/// <param name="Data">[elements of all tensors].</param>
/// <param name="Shapes">[sizes of all tensors], 64-bit integers.</param>
/// <param name="Ranks">[tensors], 64-bit integers.</param>
/// <param name="HasValue">For <see cref="ValueKind.OptionalSequence"/> whether there is one: a scalar truth value.</param>
/// <param name="Items">The tensors, where their number is known: they need not be put together to be taken apart again.</param>
internal sealed record SequenceParts(ValueKind Kind, int ElementRank, Value Data, Value Shapes, Value Ranks, Value? HasValue = null, IReadOnlyList<Value>? Items = null)
{
    public const int AnyRank = -1;

    public const int MixedRank = -2;

    public ElementType Element => Data.Type.Element;

    /// <summary>The parts in the order in which a signature lists them.</summary>
    public IEnumerable<Value> All => HasValue is null ? [Data, Shapes, Ranks] : [Data, Shapes, Ranks, HasValue];

    /// <summary>Names of the parts of a value.</summary>
    public static IReadOnlyList<string> Names(string name, ValueKind kind) => kind switch
    {
        ValueKind.Tensor => [name],
        ValueKind.OptionalSequence => [name, $"{name}_shapes", $"{name}_ranks", $"{name}_has_value"],
        _ => [name, $"{name}_shapes", $"{name}_ranks"],
    };

    /// <summary>The same sequence, of other values in the order of <see cref="All"/>.</summary>
    public SequenceParts With(IReadOnlyList<Value> parts) => new(Kind, ElementRank, parts[0], parts[1], parts[2], parts.Count > 3 ? parts[3] : null);

    /// <summary>The parts of a value: of a tensor itself.</summary>
    public static IEnumerable<Value> Of(Value value) => value.Parts?.All ?? [value];

    /// <summary>The kind that values of both kinds can become.</summary>
    /// <exception cref="OperatorException">There is none.</exception>
    public static ValueKind Common(ValueKind a, ValueKind b) => (a, b) switch
    {
        _ when a == b => a,
        (ValueKind.Tensor, ValueKind.Optional) or (ValueKind.Optional, ValueKind.Tensor) => ValueKind.Optional,
        (ValueKind.Sequence, ValueKind.OptionalSequence) or (ValueKind.OptionalSequence, ValueKind.Sequence) => ValueKind.OptionalSequence,
        _ => throw new OperatorException($"a value is {a} in one place and {b} in another"),
    };

    /// <summary>The rank of tensors that come from both.</summary>
    public static int Common(int a, int b) => a == b || b == AnyRank ? a : a == AnyRank ? b : MixedRank;
}
