using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.IR;

/// <summary>The type of a value: element type and dimensions.</summary>
/// <param name="Element">Element type.</param>
/// <param name="Shape">Dimensions, outermost first; empty for a scalar.</param>
internal sealed record TensorType(ElementType Element, IReadOnlyList<Dim> Shape)
{
    /// <summary>What the value is made of.</summary>
    public ValueKind Kind { get; init; } = ValueKind.Tensor;

    public int Rank => Shape.Count;

    /// <summary>Number of elements.</summary>
    public Dim Length => Dim.Product(Shape);

    /// <summary>Whether every dimension is a number.</summary>
    public bool IsStatic => Shape.All(dim => dim.IsConstant);

    /// <summary>The dimension at <paramref name="axis"/>, which counts from the end when negative.</summary>
    /// <exception cref="OperatorException">There is none.</exception>
    public Dim this[int axis] => axis >= -Rank && axis < Rank ? Shape[axis < 0 ? axis + Rank : axis] : throw new OperatorException($"{this} has no axis {axis}");

    public static TensorType Of(ElementType element, params IReadOnlyList<Dim> shape) => new(element, shape);

    /// <summary>As many of such values as <paramref name="count"/>, along a new first axis.</summary>
    public TensorType Prepended(Dim count) => new(Element, [count, .. Shape]);

    public TensorType With(ElementType element) => new(element, Shape);

    public TensorType With(params IReadOnlyList<Dim> shape) => new(Element, shape);

    public bool Equals(TensorType? other) => other is not null && Kind == other.Kind && Element == other.Element && Shape.SequenceEqual(other.Shape);

    public override int GetHashCode() => HashCode.Combine(Element, Shape.Count);

    public override string ToString() => $"{Element.ShortName()}[{string.Join(",", Shape)}]";
}

/// <summary>What a value is made of.</summary>
internal enum ValueKind
{
    /// <summary>One tensor.</summary>
    Tensor,

    /// <summary>A list of tensors. No value of a graph is one: see <see cref="SequenceParts"/>.</summary>
    Sequence,

    /// <summary>A tensor or none: a list of at most one.</summary>
    Optional,

    /// <summary>A list of tensors, or none.</summary>
    OptionalSequence,

    /// <summary>Values with a key each: see <see cref="MapParts"/>.</summary>
    Map,
}
