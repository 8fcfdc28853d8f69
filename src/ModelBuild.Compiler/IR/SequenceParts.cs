using System.Collections.Generic;

namespace ModelBuild.Compiler.IR;

/// <summary>A sequence or an optional: the elements of all its tensors one after another, their sizes one after another, and their ranks.</summary>
/// <param name="Kind">Anything but a tensor or a map.</param>
/// <param name="ElementRank">The rank of every tensor in it; <see cref="AnyRank"/> where there is none, <see cref="MixedRank"/> where it is not known or not the same.</param>
/// <param name="Data">[elements of all tensors].</param>
/// <param name="Shapes">[sizes of all tensors], 64-bit integers.</param>
/// <param name="Ranks">[tensors], 64-bit integers.</param>
/// <param name="HasValue">For <see cref="ValueKind.OptionalSequence"/> whether there is one: a scalar truth value.</param>
/// <param name="Items">The tensors, where their number is known: they need not be put together to be taken apart again.</param>
internal sealed record SequenceParts(ValueKind Kind, int ElementRank, Value Data, Value Shapes, Value Ranks, Value? HasValue = null, IReadOnlyList<Value>? Items = null)
    : ValueParts(Kind, ElementRank, Data)
{
    public const int AnyRank = -1;

    public const int MixedRank = -2;

    public override IEnumerable<Value> All => HasValue is null ? [Data, Shapes, Ranks] : [Data, Shapes, Ranks, HasValue];

    public override SequenceParts With(IReadOnlyList<Value> parts) => new(Kind, ElementRank, parts[0], parts[1], parts[2], parts.Count > 3 ? parts[3] : null);

    /// <summary>The rank of tensors that come from both.</summary>
    public static int Common(int a, int b) => a == b || b == AnyRank ? a : a == AnyRank ? b : MixedRank;
}
