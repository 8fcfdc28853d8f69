using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>A node whose output types are being inferred.</summary>
internal sealed class InferContext(int version, IReadOnlyList<Value?> inputs, Attributes attributes, int outputCount, Func<string, string>? newSymbol = null)
{
    public const string SymbolsAttribute = "symbols";

    private readonly (TensorType Type, IReadOnlyList<Dim>? Elements)?[] _outputs = new (TensorType, IReadOnlyList<Dim>?)?[outputCount];

    // The symbols that stand for sizes which only a run of the node finds out: named when the node is made, and kept as an attribute of it.
    private readonly List<string> _symbols = [];

    /// <summary>The operator set version whose definition holds.</summary>
    public int Version { get; } = version;

    public Attributes Attributes { get; } = attributes;

    public int InputCount { get; } = inputs.Count;

    public int OutputCount { get; } = outputCount;

    /// <summary>Input <paramref name="index"/>, or null where it is absent.</summary>
    public Value? Input(int index) => index < InputCount ? inputs[index] : null;

    /// <summary>Input <paramref name="index"/>.</summary>
    /// <exception cref="OperatorException">It is absent.</exception>
    public Value Require(int index) => Input(index) ?? throw new OperatorException($"input {index} is missing");

    /// <summary>The type of input <paramref name="index"/>.</summary>
    public TensorType Type(int index) => Require(index).Type;

    /// <summary>The elements of an integer input, where they follow from dimensions.</summary>
    public IReadOnlyList<Dim>? Elements(int index) => Input(index)?.Elements;

    /// <summary>
    /// The elements of an integer input that decide a shape, such as the bounds of Slice. Where they are computed from data, they are symbols that the run binds.
    /// </summary>
    /// <param name="index">The input.</param>
    /// <param name="saturates">Whether a number that is too large for a size means the largest, as in "to the end".</param>
    /// <exception cref="UnboundElementsException">They are not bound yet: the importer binds them and infers again.</exception>
    public IReadOnlyList<Dim> RequireElements(int index, bool saturates = false) => Require(index).Elements ?? throw Unbound(index, areSizes: false, saturates);

    /// <summary>The elements of an integer input that are sizes, so that none is negative.</summary>
    /// <inheritdoc cref="RequireElements"/>
    public IReadOnlyList<Dim> RequireSizes(int index) => Require(index).Elements ?? throw Unbound(index, areSizes: true, saturates: false);

    /// <summary>The one element of an integer input. <see cref="RequireElements"/></summary>
    public Dim RequireElement(int index, bool saturates = false) => Single(index, RequireElements(index, saturates));

    /// <summary>The one element of an integer input that is a size. <see cref="RequireSizes"/></summary>
    public Dim RequireSize(int index) => Single(index, RequireSizes(index));

    private static Dim Single(int index, IReadOnlyList<Dim> elements) => elements is [var only] ? only : throw new OperatorException($"input {index} has {elements.Count} elements and must have one");

    /// <summary>Whether an axis of an input has that size. Where only a run shows it, it is said to have it from here on, and checked there.</summary>
    /// <exception cref="UnequalSizesException">The run has to check it: the importer sees to that and infers again.</exception>
    public bool HasSize(int index, int axis, Dim size)
    {
        var type = Type(index);
        if (!type[axis].Equals(size) && DimSign.MayBeEqual(type[axis], size))
        {
            throw new UnequalSizesException(index, axis < 0 ? axis + type.Rank : axis, size);
        }

        return type[axis].Equals(size);
    }

    /// <summary>Whether an axis of an input and one of another have the same size. Where only a run shows it, the constant one holds, or else that of the first input.</summary>
    /// <inheritdoc cref="HasSize"/>
    public bool HaveSameSize(int index, int axis, int other, int otherAxis) =>
        Type(other)[otherAxis].IsConstant ? HasSize(index, axis, Type(other)[otherAxis]) : HasSize(other, otherAxis, Type(index)[axis]);

    /// <summary>The contents of an input that must be constant.</summary>
    /// <exception cref="OperatorException">It is not.</exception>
    public Tensor RequireConstant(int index) => Require(index).Constant
        ?? throw new OperatorException($"input {index} (\"{Require(index).Name}\") is not constant", "Make it a constant or an initializer.", OperatorDiagnostics.DataDependent);

    /// <summary>An axis in 0..rank-1 from one that may count from the end.</summary>
    public static int Axis(long axis, int rank)
    {
        var positive = axis < 0 ? axis + rank : axis;
        return positive >= 0 && positive < rank
            ? (int)positive
            : throw new OperatorException($"axis {axis} is out of range for rank {rank}");
    }

    /// <summary>Several axes, sorted, in 0..rank-1.</summary>
    public static int[] Axes(IEnumerable<long> axes, int rank)
    {
        var result = axes.Select(axis => Axis(axis, rank)).Order().ToArray();
        return result.Distinct().Count() == result.Length ? result : throw new OperatorException($"axes [{string.Join(",", result)}] repeat");
    }

    /// <summary>
    /// A size that only a run of the node finds out. The node lists all of them in an attribute, see <see cref="SymbolsOf"/>; asked again in the same order, the same
    /// symbols are given.
    /// </summary>
    public Dim NewSize(string hint)
    {
        var known = SymbolsOf(Attributes);
        _symbols.Add(_symbols.Count < known.Count ? known[_symbols.Count] : newSymbol?.Invoke(hint) ?? throw new InvalidOperationException($"There is no name for the size {hint}."));
        return Dim.Symbol(_symbols[^1]);
    }

    /// <summary>The sizes that a node finds out when it runs.</summary>
    public static IReadOnlyList<string> SymbolsOf(Attributes attributes) => attributes.Get<string[]>(SymbolsAttribute, []);

    /// <summary>Sets the type of an output, and its elements where it is an integer vector that follows from dimensions.</summary>
    public void Output(int index, TensorType type, IReadOnlyList<Dim>? elements = null)
    {
        if (index < OutputCount)
        {
            ValueSize.Require($"output {index}", type);
            _outputs[index] = (type, elements);
        }
    }

    /// <summary>Sets the type of an output that may be of any kind.</summary>
    public void OutputValue(int index, TensorType type) => Output(index, type);

    /// <summary>Sets the type of the first output.</summary>
    public void Output(ElementType element, params IReadOnlyList<Dim> shape) => Output(0, new TensorType(element, shape));

    /// <summary>The attributes with what inference has added to them.</summary>
    internal Attributes Completed => _symbols.Count == 0 ? Attributes : Attributes.With(SymbolsAttribute, _symbols.ToArray());

    internal (TensorType Type, IReadOnlyList<Dim>? Elements)? Result(int index) => _outputs[index];

    private Exception Unbound(int index, bool areSizes, bool saturates)
    {
        var type = Type(index);
        return type.Element is ElementType.Int64 or ElementType.Int32 && type.Rank <= 1 && type.IsStatic && type.Length.Constant <= Value.MostElements
            ? new UnboundElementsException(index, areSizes, saturates)
            : new OperatorException($"input {index} (\"{Require(index).Name}\", {type}) decides the shape of the output, and has no fixed number of integers", null, OperatorDiagnostics.DataDependent);
    }
}

/// <summary>An operator needs an axis of an input to have a certain size, and only a run shows whether it has.</summary>
/// <param name="input">Which input.</param>
/// <param name="axis">Which axis.</param>
/// <param name="size">The size.</param>
internal sealed class UnequalSizesException(int input, int axis, Dim size) : Exception
{
    public int Input { get; } = input;

    public int Axis { get; } = axis;

    public Dim Size { get; } = size;
}

/// <summary>An operator needs to know the elements of an input that only a run computes.</summary>
/// <param name="input">Which input.</param>
/// <param name="areSizes">Whether none may be negative.</param>
/// <param name="saturates">Whether a number that is too large means the largest.</param>
internal sealed class UnboundElementsException(int input, bool areSizes, bool saturates) : Exception
{
    public int Input { get; } = input;

    public bool AreSizes { get; } = areSizes;

    public bool Saturates { get; } = saturates;
}
