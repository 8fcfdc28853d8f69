using System;
using System.Collections.Generic;
using System.Text;

namespace ModelBuild.Onnx;

/// <summary>
/// A named constant of a node. <see cref="Kind"/> says which of the typed properties may be read; reading another one throws
/// <see cref="InvalidOperationException"/>, because it is the caller's mistake and not the model's.
/// </summary>
public sealed class OnnxAttribute
{
    private readonly object? _value;

    private OnnxAttribute(string name, OnnxAttributeKind kind, object? value, string? reference = null)
    {
        Name = name;
        Kind = kind;
        _value = value;
        Reference = reference;
    }

    /// <summary>The name, unique in its node.</summary>
    public string Name { get; }

    /// <summary>What it holds.</summary>
    public OnnxAttributeKind Kind { get; }

    /// <summary>
    /// Inside a function: the attribute of the calling node whose value this one takes; it then holds none of its own. Null elsewhere.
    /// </summary>
    public string? Reference { get; }

    /// <summary>The value of kind <see cref="OnnxAttributeKind.Float"/>.</summary>
    public float Float => Get<float>(OnnxAttributeKind.Float);

    /// <summary>The value of kind <see cref="OnnxAttributeKind.Int"/>.</summary>
    public long Int => Get<long>(OnnxAttributeKind.Int);

    /// <summary>The value of kind <see cref="OnnxAttributeKind.String"/> as stored.</summary>
    public ReadOnlyMemory<byte> Bytes => Get<ReadOnlyMemory<byte>>(OnnxAttributeKind.String);

    /// <summary>The value of kind <see cref="OnnxAttributeKind.String"/> as text; bytes that are not UTF-8 become U+FFFD.</summary>
    public string String => Encoding.UTF8.GetString(Bytes.Span);

    /// <summary>The value of kind <see cref="OnnxAttributeKind.Tensor"/>.</summary>
    public OnnxTensor Tensor => Get<OnnxTensor>(OnnxAttributeKind.Tensor);

    /// <summary>The value of kind <see cref="OnnxAttributeKind.Graph"/>.</summary>
    public OnnxGraph Graph => Get<OnnxGraph>(OnnxAttributeKind.Graph);

    /// <summary>The value of kind <see cref="OnnxAttributeKind.SparseTensor"/>.</summary>
    public OnnxSparseTensor SparseTensor => Get<OnnxSparseTensor>(OnnxAttributeKind.SparseTensor);

    /// <summary>The value of kind <see cref="OnnxAttributeKind.Type"/>.</summary>
    public OnnxType Type => Get<OnnxType>(OnnxAttributeKind.Type);

    /// <summary>The value of kind <see cref="OnnxAttributeKind.Floats"/>.</summary>
    public IReadOnlyList<float> Floats => Get<IReadOnlyList<float>>(OnnxAttributeKind.Floats);

    /// <summary>The value of kind <see cref="OnnxAttributeKind.Ints"/>.</summary>
    public IReadOnlyList<long> Ints => Get<IReadOnlyList<long>>(OnnxAttributeKind.Ints);

    /// <summary>The value of kind <see cref="OnnxAttributeKind.Strings"/> as stored.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> BytesList => Get<IReadOnlyList<ReadOnlyMemory<byte>>>(OnnxAttributeKind.Strings);

    /// <summary>The value of kind <see cref="OnnxAttributeKind.Strings"/> as text.</summary>
    public IReadOnlyList<string> Strings
    {
        get
        {
            IReadOnlyList<ReadOnlyMemory<byte>> list = BytesList;
            var strings = new string[list.Count];
            for (int i = 0; i < strings.Length; i++)
            {
                strings[i] = Encoding.UTF8.GetString(list[i].Span);
            }

            return strings;
        }
    }

    /// <summary>The value of kind <see cref="OnnxAttributeKind.Tensors"/>.</summary>
    public IReadOnlyList<OnnxTensor> Tensors => Get<IReadOnlyList<OnnxTensor>>(OnnxAttributeKind.Tensors);

    /// <summary>The value of kind <see cref="OnnxAttributeKind.Graphs"/>.</summary>
    public IReadOnlyList<OnnxGraph> Graphs => Get<IReadOnlyList<OnnxGraph>>(OnnxAttributeKind.Graphs);

    /// <summary>The value of kind <see cref="OnnxAttributeKind.SparseTensors"/>.</summary>
    public IReadOnlyList<OnnxSparseTensor> SparseTensors => Get<IReadOnlyList<OnnxSparseTensor>>(OnnxAttributeKind.SparseTensors);

    /// <summary>The value of kind <see cref="OnnxAttributeKind.Types"/>.</summary>
    public IReadOnlyList<OnnxType> Types => Get<IReadOnlyList<OnnxType>>(OnnxAttributeKind.Types);

    /// <summary>The graphs it holds: one, several or none. Whoever walks nested graphs needs no other switch over kinds.</summary>
    public IReadOnlyList<OnnxGraph> NestedGraphs => _value switch
    {
        OnnxGraph graph => [graph],
        IReadOnlyList<OnnxGraph> graphs => graphs,
        _ => [],
    };

    /// <summary>Makes an attribute that holds a number.</summary>
    public static OnnxAttribute Of(string name, float value) => new(name, OnnxAttributeKind.Float, value);

    /// <summary>Makes an attribute that holds an integer.</summary>
    public static OnnxAttribute Of(string name, long value) => new(name, OnnxAttributeKind.Int, value);

    /// <summary>Makes an attribute that holds text.</summary>
    public static OnnxAttribute Of(string name, string value) => Of(name, (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(value));

    /// <summary>Makes an attribute that holds a byte string.</summary>
    public static OnnxAttribute Of(string name, ReadOnlyMemory<byte> value) => new(name, OnnxAttributeKind.String, value);

    /// <summary>Makes an attribute that holds a tensor.</summary>
    public static OnnxAttribute Of(string name, OnnxTensor value) => new(name, OnnxAttributeKind.Tensor, value);

    /// <summary>Makes an attribute that holds a graph.</summary>
    public static OnnxAttribute Of(string name, OnnxGraph value) => new(name, OnnxAttributeKind.Graph, value);

    /// <summary>Makes an attribute that holds a sparse tensor.</summary>
    public static OnnxAttribute Of(string name, OnnxSparseTensor value) => new(name, OnnxAttributeKind.SparseTensor, value);

    /// <summary>Makes an attribute that holds a type.</summary>
    public static OnnxAttribute Of(string name, OnnxType value) => new(name, OnnxAttributeKind.Type, value);

    /// <summary>Makes an attribute that holds a list of numbers.</summary>
    public static OnnxAttribute Of(string name, IReadOnlyList<float> value) => new(name, OnnxAttributeKind.Floats, value);

    /// <summary>Makes an attribute that holds a list of integers.</summary>
    public static OnnxAttribute Of(string name, IReadOnlyList<long> value) => new(name, OnnxAttributeKind.Ints, value);

    /// <summary>Makes an attribute that holds a list of byte strings.</summary>
    public static OnnxAttribute Of(string name, IReadOnlyList<ReadOnlyMemory<byte>> value) => new(name, OnnxAttributeKind.Strings, value);

    /// <summary>Makes an attribute that holds a list of tensors.</summary>
    public static OnnxAttribute Of(string name, IReadOnlyList<OnnxTensor> value) => new(name, OnnxAttributeKind.Tensors, value);

    /// <summary>Makes an attribute that holds a list of graphs.</summary>
    public static OnnxAttribute Of(string name, IReadOnlyList<OnnxGraph> value) => new(name, OnnxAttributeKind.Graphs, value);

    /// <summary>Makes an attribute that holds a list of sparse tensors.</summary>
    public static OnnxAttribute Of(string name, IReadOnlyList<OnnxSparseTensor> value) => new(name, OnnxAttributeKind.SparseTensors, value);

    /// <summary>Makes an attribute that holds a list of types.</summary>
    public static OnnxAttribute Of(string name, IReadOnlyList<OnnxType> value) => new(name, OnnxAttributeKind.Types, value);

    /// <summary>Makes an attribute of a function's node that takes its value from attribute <paramref name="reference"/> of the call.</summary>
    public static OnnxAttribute ReferenceTo(string name, OnnxAttributeKind kind, string reference) => new(name, kind, null, reference);

    /// <summary>This value under another name: what inlining a function puts in place of a reference.</summary>
    public OnnxAttribute WithName(string name) => new(name, Kind, _value, Reference);

    private T Get<T>(OnnxAttributeKind kind) => Kind == kind && _value is T value
        ? value
        : throw new InvalidOperationException(
            $"Attribute '{Name}' holds {(Reference is null ? Kind.ToString() : "a reference")}, not {kind}.");
}
