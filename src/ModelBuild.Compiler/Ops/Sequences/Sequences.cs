using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>What operators on sequences are written with; see <see cref="SequenceParts"/> for how a sequence is held.</summary>
internal static class Sequences
{
    private const string Prefix = Op.OwnDomain + ".";

    /// <summary>The sequence that input <paramref name="index"/> is.</summary>
    /// <exception cref="OperatorException">It is none.</exception>
    public static SequenceParts Sequence(this FunctionContext f, int index) =>
        f.Require(index).Parts is SequenceParts { Kind: ValueKind.Sequence } parts ? parts : throw new OperatorException($"input {index} is {f.Type(index).Kind} and no Sequence");

    /// <summary>A sequence of some tensors.</summary>
    public static Value Sequence(this FunctionContext f, string name, IReadOnlyList<Value> items, ElementType element, ValueKind kind = ValueKind.Sequence)
    {
        if (items.Any(item => item.Parts is not null || item.Type.Element != element))
        {
            throw new OperatorException($"a sequence of {element.ShortName()} cannot have {items.First(item => item.Parts is not null || item.Type.Element != element).Type} in it");
        }

        var rank = items.Select(item => item.Type.Rank).Aggregate(SequenceParts.AnyRank, SequenceParts.Common);
        var empty = f.Constant();
        return items.Count == 0
            ? Value.Of(name, new SequenceParts(kind, rank, f.Constant(NoElements(element)), empty, empty, null, items))
            : Value.Of(name, new SequenceParts(kind, rank, Joined(f, items.Select(item => Flat(f, item))), Joined(f, items.Select(f.ShapeOf)), f.Constant([.. items.Select(item => (long)item.Type.Rank)]), null, items));
    }

    /// <summary>The same sequence with a tensor put in, at a position or the end.</summary>
    public static Value Inserted(FunctionContext f, string name, SequenceParts sequence, Value item, Value? position)
    {
        if (item.Parts is not null || item.Type.Element != sequence.Element)
        {
            throw new OperatorException($"{item.Type} cannot be put into a sequence of {sequence.Element.ShortName()}");
        }

        if (sequence.Items is { } items && (position is null || position.Constant is not null))
        {
            var at = position is null ? items.Count : Known(position, items.Count, items.Count + 1);
            return f.Sequence(name, [.. items.Take(at), item, .. items.Skip(at)], sequence.Element);
        }

        Value[] added = [Flat(f, item), f.ShapeOf(item), f.Constant(item.Type.Rank)];
        var rank = SequenceParts.Common(sequence.ElementRank, item.Type.Rank);
        if (position is null)
        {
            Value[] all = [.. sequence.All.Zip(added, (part, more) => Joined(f, [part, more]))];
            return Value.Of(name, (sequence with { ElementRank = rank, Items = null }).With(all));
        }

        var (elements, sizes, index) = Place(f, sequence, position, isInsertion: true);
        return Value.Of(name, (sequence with { ElementRank = rank }).With([
            Joined(f, [Cut(f, sequence.Data, null, elements.Begin), added[0], Cut(f, sequence.Data, elements.Begin, null)]),
            Joined(f, [Cut(f, sequence.Shapes, null, sizes.Begin), added[1], Cut(f, sequence.Shapes, sizes.Begin, null)]),
            Joined(f, [Cut(f, sequence.Ranks, null, index.Begin), added[2], Cut(f, sequence.Ranks, index.Begin, null)]),
        ]));
    }

    /// <summary>The same sequence without one of its tensors, the last one where no position is given.</summary>
    public static Value Erased(FunctionContext f, string name, SequenceParts sequence, Value? position)
    {
        position ??= f.Constant(Tensor.Scalar(-1L));
        if (sequence.Items is { } items && position.Constant is not null)
        {
            var at = Known(position, items.Count, items.Count);
            return f.Sequence(name, [.. items.Take(at), .. items.Skip(at + 1)], sequence.Element);
        }

        var (elements, sizes, index) = Place(f, sequence, position, isInsertion: false);
        Value Without(Value part, (Value Begin, Value End) place) => Joined(f, [Cut(f, part, null, place.Begin), Cut(f, part, place.End, null)]);
        return Value.Of(name, sequence.With([Without(sequence.Data, elements), Without(sequence.Shapes, sizes), Without(sequence.Ranks, index)]));
    }

    /// <summary>One of the tensors. All must have the rank that is known of them, or the run fails.</summary>
    public static Value At(FunctionContext f, SequenceParts sequence, Value position)
    {
        if (sequence.Items is { } items && position.Constant is not null)
        {
            return items[Known(position, items.Count, items.Count)];
        }

        if (sequence.ElementRank < 0)
        {
            throw OperatorException.Unsupported(
                sequence.ElementRank == SequenceParts.AnyRank ? "a tensor is taken from a sequence that has none" : "a tensor is taken from a sequence whose tensors have no common rank that is known",
                "Declare the shape of the sequence's elements; sizes may be symbols.");
        }

        var place = f.Add(Prefix + nameof(SequenceElement), Attributes.Of(("rank", sequence.ElementRank)), sequence.Shapes, sequence.Ranks, Integer(f, position));
        var flat = f.Add("Slice", sequence.Data, Cut(f, place, 0, 1), Cut(f, place, 1, 2), f.Constant(0L));
        return f.Add("Reshape", Attributes.Of(("allowzero", 1)), flat, Cut(f, place, 2, 2 + sequence.ElementRank));
    }

    /// <summary>How many tensors there are: a scalar.</summary>
    public static Value Length(FunctionContext f, SequenceParts sequence) => f.Add("Size", sequence.Ranks);

    /// <summary>A tensor as a vector.</summary>
    public static Value Flat(FunctionContext f, Value tensor) => tensor.Type.Rank == 1 ? tensor : f.Add("Reshape", tensor, f.Constant(-1L));

    /// <summary>A scalar or vector of 64-bit integers as a vector.</summary>
    public static Value Integer(FunctionContext f, Value value) => DynamicAxes.Vector(f, f.As(value, ElementType.Int64));

    /// <summary>Vectors one behind the other.</summary>
    public static Value Joined(FunctionContext f, IEnumerable<Value> vectors)
    {
        Value?[] all = [.. vectors.Where(vector => vector.Type[0] is not { IsConstant: true, Constant: 0 })];
        return all.Length switch
        {
            0 => vectors.First(),
            1 => all[0]!,
            _ => f.Add("Concat", Attributes.Of(("axis", 0)), all),
        };
    }

    private static int Known(Value position, int count, int end)
    {
        var given = position.Constant!.ToInt64().First();
        var at = given < 0 ? given + count : given;
        return at >= 0 && at < end ? (int)at : throw new OperatorException($"position {given} is not in a sequence of {count}");
    }

    // Where the tensor at a position lies in the three parts.
    private static ((Value Begin, Value End) Elements, (Value Begin, Value End) Sizes, (Value Begin, Value End) Index) Place(
        FunctionContext f, SequenceParts sequence, Value position, bool isInsertion)
    {
        var place = f.Add(Prefix + nameof(SequencePlace), Attributes.Of(("insertion", isInsertion ? 1 : 0)), sequence.Shapes, sequence.Ranks, Integer(f, position));
        Value Entry(int index) => Cut(f, place, index, index + 1);
        return ((Entry(0), Entry(1)), (Entry(2), Entry(3)), (Entry(4), Entry(5)));
    }

    private static Value Cut(FunctionContext f, Value vector, long begin, long end) => f.Add("Slice", vector, f.Constant(begin), f.Constant(end), f.Constant(0L));

    private static Value Cut(FunctionContext f, Value vector, Value? begin, Value? end) =>
        f.Add("Slice", vector, begin ?? f.Constant(0L), end ?? f.Constant(long.MaxValue), f.Constant(0L));

    private static Tensor NoElements(ElementType element) => element == ElementType.String ? Tensor.Of(Array.Empty<string>(), [0]) : new Tensor(element, [0], default);
}
