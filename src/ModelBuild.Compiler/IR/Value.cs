using System.Collections.Generic;
using System.Linq;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.IR;

/// <summary>
/// What a node produces or consumes; it is produced once (static single assignment). Identity is by reference: passes make new values rather than change one.
/// </summary>
internal sealed class Value
{
    /// <summary>Shape arithmetic is done on short integer vectors; longer ones are data.</summary>
    public const int MostElements = 64;

    private Value(string name, TensorType type, Tensor? constant, IReadOnlyList<Dim>? elements)
    {
        Name = name;
        Type = type;
        Constant = constant;
        Elements = elements;
    }

    /// <summary>The ONNX name, or one that a pass made; unique in its graph.</summary>
    public string Name { get; }

    public TensorType Type { get; }

    /// <summary>The contents, where they are known.</summary>
    public Tensor? Constant { get; }

    /// <summary>
    /// For an integer scalar or vector whose contents follow from dimensions (such as the output of Shape): one expression per element. Null where they do not.
    /// </summary>
    public IReadOnlyList<Dim>? Elements { get; }

    /// <summary>What a sequence, an optional or a map consists of, while a model is imported; null for a tensor.</summary>
    public ValueParts? Parts { get; private init; }

    /// <summary>The contents of an input of the model that the caller does not pass; null where it must be passed.</summary>
    public Tensor? Default { get; private init; }

    public bool IsConstant => Constant is not null;

    public static Value Of(string name, TensorType type, IReadOnlyList<Dim>? elements = null) => new(name, type, null, elements);

    public static Value Of(string name, Tensor constant) => new(name, constant.TensorType, constant, ElementsOf(constant));

    /// <summary>An input of the model that the caller need not pass.</summary>
    public static Value OptionalInput(string name, Tensor standard) => new(name, standard.TensorType, null, null) { Default = standard };

    /// <summary>A name of a model that stands for several values.</summary>
    public static Value Of(string name, ValueParts parts) => new(name, TensorType.Of(parts.Element) with { Kind = parts.Kind }, null, null) { Parts = parts };

    public override string ToString() => $"%{Name}: {Type}";

    private static IReadOnlyList<Dim>? ElementsOf(Tensor constant) =>
        constant.Type is ElementType.Int64 or ElementType.Int32 && constant.Dims.Count <= 1 && constant.Length <= MostElements
            ? [.. constant.ToInt64().Select(element => (Dim)element)]
            : null;
}
