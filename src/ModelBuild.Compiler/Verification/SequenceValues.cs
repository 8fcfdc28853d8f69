using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.IR;
using ModelBuild.Onnx;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Verification;

/// <summary>Sequences, optionals and maps as they are stored, as the parts that a compiled model takes and gives.</summary>
internal static class SequenceValues
{
    /// <summary>The parts, in the order of <see cref="ValueParts.All"/>.</summary>
    /// <exception cref="InvalidDataException">There is something else than tensors in it.</exception>
    public static IReadOnlyList<Tensor> Parts(OnnxValue value, OnnxType type)
    {
        if (value is OnnxMapValue map)
        {
            return [Keys(map, (OnnxMapType)type), Joined(ElementOf(type), [.. map.Values.SelectMany(Tensors)])];
        }

        var tensors = Tensors(value).ToArray();
        var kind = Import.TypeImporter.KindOf(type);
        var element = tensors.Length > 0 ? tensors[0].Type : ElementOf(type);
        Tensor[] parts =
        [
            Joined(element, tensors),
            Tensor.Vector([.. tensors.SelectMany(tensor => tensor.Dims)]),
            Tensor.Vector([.. tensors.Select(tensor => (long)tensor.Dims.Count)]),
        ];
        return kind == ValueKind.OptionalSequence ? [.. parts, Tensor.Scalar(value is not OnnxOptionalValue { Value: null })] : parts;
    }

    /// <summary>What is compiled of a sequence of maps with the same keys, as ZipMap makes it: the values of each in a row.</summary>
    /// <exception cref="InvalidDataException">There is something else in it.</exception>
    public static Tensor Rows(OnnxValue value, OnnxType type)
    {
        var maps = value is OnnxSequenceValue sequence ? sequence.Elements.OfType<OnnxMapValue>().ToArray() : [];
        var values = Joined(ElementOf(type), [.. maps.SelectMany(map => map.Values).SelectMany(Tensors)]);
        return maps.Length > 0 && values.Length % maps.Length == 0 ? values.Reshaped(maps.Length, values.Length / maps.Length) : throw new InvalidDataException("It is no sequence of maps with the same keys.");
    }

    private static Tensor Keys(OnnxMapValue map, OnnxMapType type) => type.Key == OnnxElementType.String
        ? Tensor.Of([.. map.StringKeys.Select(key => Encoding.UTF8.GetString(key.Span))], [map.StringKeys.Count])
        : type.Key == OnnxElementType.Int64 ? Tensor.Vector(map.IntegerKeys)
        : throw new InvalidDataException($"It has keys of type {type.Key}, which are not read.");

    private static IEnumerable<Tensor> Tensors(OnnxValue? value) => value switch
    {
        null => [],
        OnnxOptionalValue optional => Tensors(optional.Value),
        OnnxSequenceValue sequence => sequence.Elements.SelectMany(Tensors),
        OnnxTensorValue tensor when AttributeImporter.ToTensor(tensor.Tensor) is { } read => [read],
        _ => throw new InvalidDataException("It has something else in it than tensors of types that can be read."),
    };

    private static Tensor Joined(ElementType element, IReadOnlyList<Tensor> tensors)
    {
        var length = tensors.Sum(tensor => tensor.Length);
        return element == ElementType.String ? Tensor.Of([.. tensors.SelectMany(tensor => tensor.Strings)], [length]) : new Tensor(element, [length], tensors.SelectMany(tensor => tensor.Bytes.ToArray()).ToArray());
    }

    private static ElementType ElementOf(OnnxType? type) => type switch
    {
        OnnxSequenceType sequence => ElementOf(sequence.Element),
        OnnxOptionalType optional => ElementOf(optional.Element),
        OnnxMapType map => ElementOf(map.Value),
        OnnxTensorType tensor => (ElementType)(int)tensor.ElementType,
        _ => ElementType.Undefined,
    };
}
