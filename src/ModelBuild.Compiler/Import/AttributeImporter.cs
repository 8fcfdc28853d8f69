using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Onnx;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Import;

/// <summary>Translates attributes and tensors of the ONNX reader to ours.</summary>
internal static class AttributeImporter
{
    /// <exception cref="OperatorException">An attribute is of a kind that no supported operator has.</exception>
    public static Attributes Import(IReadOnlyList<OnnxAttribute> attributes) =>
        new(attributes.ToDictionary(attribute => attribute.Name, Import));

    /// <summary>The tensor, or null where its element type has no place in memory.</summary>
    public static Tensor? ToTensor(OnnxTensor tensor)
    {
        var type = (ElementType)(int)tensor.ElementType;
        return type.IsSupported() ? new Tensor(type, tensor.Dims, Unpacked(type, tensor)) : null;
    }

    // Elements of 2 and 4 bits lie side by side in files, the first in the lowest bits; in memory each has a byte.
    private static ReadOnlyMemory<byte> Unpacked(ElementType type, OnnxTensor tensor)
    {
        var bits = type switch
        {
            ElementType.UInt4 or ElementType.Int4 or ElementType.Float4E2M1 => 4,
            ElementType.UInt2 or ElementType.Int2 => 2,
            _ => 8,
        };
        if (bits == 8)
        {
            return tensor.Data;
        }

        var isSigned = type is ElementType.Int4 or ElementType.Int2;
        var elements = new byte[checked((int)tensor.Count)];
        for (var i = 0; i < elements.Length; i++)
        {
            var value = (tensor.Data.Span[i * bits / 8] >> (i * bits % 8)) & ((1 << bits) - 1);
            elements[i] = unchecked((byte)(isSigned && value >> (bits - 1) != 0 ? value - (1 << bits) : value));
        }

        return elements;
    }

    private static object Import(OnnxAttribute attribute) => attribute.Kind switch
    {
        OnnxAttributeKind.Float => attribute.Float,
        OnnxAttributeKind.Int => attribute.Int,
        OnnxAttributeKind.String => attribute.String,
        OnnxAttributeKind.Floats => attribute.Floats.ToArray(),
        OnnxAttributeKind.Ints => attribute.Ints.ToArray(),
        OnnxAttributeKind.Strings => attribute.Strings.ToArray(),
        OnnxAttributeKind.Tensor when ToTensor(attribute.Tensor) is { } tensor => tensor,
        _ => throw OperatorException.Unsupported($"attribute \"{attribute.Name}\" of kind {attribute.Kind} is not supported"),
    };
}
