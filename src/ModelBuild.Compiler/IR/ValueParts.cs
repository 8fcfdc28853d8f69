using System.Collections.Generic;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.IR;

/// <summary>
/// The tensors of which a value consists that is none itself. Only names of a model that is being imported stand for such values; operators on them become operators on the
/// parts, so that everything behind knows tensors alone, and what holds for tensors whose sizes a run decides holds for the parts too.
/// </summary>
/// <param name="Kind">Anything but a tensor.</param>
/// <param name="ElementRank">The rank of every tensor in it.</param>
/// <param name="Data">The elements of all its tensors.</param>
internal abstract record ValueParts(ValueKind Kind, int ElementRank, Value Data)
{
    public ElementType Element => Data.Type.Element;

    /// <summary>The parts in the order in which a signature lists them.</summary>
    public abstract IEnumerable<Value> All { get; }

    /// <summary>The same of other values in the order of <see cref="All"/>.</summary>
    public abstract ValueParts With(IReadOnlyList<Value> parts);

    /// <summary>Names of the parts of a value.</summary>
    public static IReadOnlyList<string> Names(string name, ValueKind kind) => kind switch
    {
        ValueKind.Tensor => [name],
        ValueKind.Map => [$"{name}_keys", $"{name}_values"],
        ValueKind.OptionalSequence => [name, $"{name}_shapes", $"{name}_ranks", $"{name}_has_value"],
        _ => [name, $"{name}_shapes", $"{name}_ranks"],
    };

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
}
