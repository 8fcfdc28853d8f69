using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.Ops;
using ModelBuild.Onnx;

namespace ModelBuild.Compiler.Import;

/// <summary>The type that Optional has as an attribute: what operators know of types are numbers.</summary>
internal static class OptionalTypes
{
    /// <summary>The attributes with the element type and whether it is a sequence in the place of a type.</summary>
    public static IReadOnlyList<OnnxAttribute> Resolve(Op op, IReadOnlyList<OnnxAttribute> attributes) => op is not Optional ? attributes
        : [.. attributes.Where(attribute => attribute.Kind != OnnxAttributeKind.Type), .. attributes.Where(attribute => attribute.Kind == OnnxAttributeKind.Type).SelectMany(attribute => Numbers(attribute.Type))];

    private static IEnumerable<OnnxAttribute> Numbers(OnnxType type)
    {
        var isSequence = type is OnnxSequenceType;
        var element = (isSequence ? ((OnnxSequenceType)type).Element : type) is OnnxTensorType tensor ? (long)tensor.ElementType : 0;
        return [OnnxAttribute.Of(Optional.ElementAttribute, element), OnnxAttribute.Of(Optional.SequenceAttribute, isSequence ? 1L : 0L)];
    }
}
