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
        if (type == ElementType.String)
        {
            return Tensor.Of([.. Enumerable.Range(0, tensor.StringData.Count).Select(tensor.GetString)], tensor.Dims);
        }

        return type.IsSupported() ? new Tensor(type, tensor.Dims, PackedElements.Unpack(type, tensor.Dims, tensor.Data)) : null;
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
