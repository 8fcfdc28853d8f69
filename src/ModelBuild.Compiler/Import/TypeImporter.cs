using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Onnx;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Import;

/// <summary>Translates declared types of inputs.</summary>
internal static class TypeImporter
{
    /// <summary>The type of an input, or null where a caller could not pass such a value.</summary>
    public static TensorType? Import(OnnxValueInfo info, SymbolTable symbols) =>
        info.Type is OnnxTensorType { Shape: { } shape } type && ((ElementType)(int)type.ElementType).IsSupported()
            ? new TensorType((ElementType)(int)type.ElementType, symbols.Import(info.Name, shape))
            : null;

    /// <summary>
    /// What stands for an input that is a sequence, an optional or a map: parts of sizes that the caller chooses. Null where it is of something else than tensors.
    /// </summary>
    public static Value? ImportParts(OnnxValueInfo info, ImportContext context)
    {
        var kind = KindOf(info.Type);
        if (kind == ValueKind.Map)
        {
            return ImportMap(info, (OnnxMapType)info.Type!, context);
        }

        if (kind == ValueKind.Tensor || ElementOf(info.Type) is not { } tensor || !((ElementType)(int)tensor.ElementType).IsSupported())
        {
            return null;
        }

        var names = Names(info, kind, context);
        Value Vector(int part, ElementType type, string size) => Value.Of(names[part], TensorType.Of(type, context.Symbols.AddSize($"{info.Name}_{size}")));
        return Value.Of(info.Name, new SequenceParts(
            kind, tensor.Shape is { Count: > 0 } shape ? shape.Count : tensor.Shape is null ? SequenceParts.MixedRank : 0,
            Vector(0, (ElementType)(int)tensor.ElementType, "elements"), Vector(1, ElementType.Int64, "sizes"), Vector(2, ElementType.Int64, "count"),
            kind == ValueKind.OptionalSequence ? Value.Of(names[3], TensorType.Of(ElementType.Bool)) : null));
    }

    // The caller passes as many keys as values.
    private static Value? ImportMap(OnnxValueInfo info, OnnxMapType type, ImportContext context)
    {
        var (key, value) = ((ElementType)(int)type.Key, (ElementType)(int)((OnnxTensorType)type.Value!).ElementType);
        if (!key.IsSupported() || !value.IsSupported())
        {
            return null;
        }

        var names = Names(info, ValueKind.Map, context);
        var entries = context.Symbols.AddSize($"{info.Name}_entries");
        return Value.Of(info.Name, new MapParts(Value.Of(names[0], TensorType.Of(key, entries)), Value.Of(names[1], TensorType.Of(value, entries))));
    }

    private static string[] Names(OnnxValueInfo info, ValueKind kind, ImportContext context) =>
        [.. ValueParts.Names(info.Name, kind).Select(name => name == info.Name ? name : context.Names.Give(name))];

    /// <summary>Whether a declared type is a tensor, a sequence or an optional of such, or a map to single elements; everything else counts as a tensor.</summary>
    public static ValueKind KindOf(OnnxType? type) => type switch
    {
        OnnxSequenceType { Element: OnnxTensorType } => ValueKind.Sequence,
        OnnxOptionalType { Element: OnnxTensorType } => ValueKind.Optional,
        OnnxOptionalType { Element: OnnxSequenceType { Element: OnnxTensorType } } => ValueKind.OptionalSequence,
        OnnxMapType { Value: OnnxTensorType { Shape: var shape } } when shape is null || shape.All(dimension => dimension.Value == 1) => ValueKind.Map,
        _ => ValueKind.Tensor,
    };

    private static OnnxTensorType? ElementOf(OnnxType? type) => type switch
    {
        OnnxSequenceType sequence => ElementOf(sequence.Element),
        OnnxOptionalType optional => ElementOf(optional.Element),
        _ => type as OnnxTensorType,
    };

    /// <summary>How messages name a type.</summary>
    public static string Text(OnnxType? type) => type switch
    {
        OnnxTensorType { Shape: null } => "tensor of unknown rank",
        OnnxTensorType tensor => $"tensor of {tensor.ElementType}",
        OnnxSequenceType sequence => $"sequence of {Text(sequence.Element)}",
        OnnxOptionalType optional => $"optional {Text(optional.Element)}",
        OnnxMapType map => $"map from {map.Key} to {Text(map.Value)}",
        null => "(none)",
        _ => type.GetType().Name,
    };
}
