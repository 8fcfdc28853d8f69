using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Onnx;

namespace ModelBuild.Compiler.Import;

/// <summary>Translates the operator Constant: https://onnx.ai/onnx/operators/onnx__Constant.html</summary>
internal static class ConstantImporter
{
    /// <exception cref="OperatorException">The attributes give no value, or one that has no place in memory.</exception>
    public static Value Import(string name, IReadOnlyList<OnnxAttribute> attributes) => attributes.Select(ValueOf).OfType<Tensor>().FirstOrDefault() is { } tensor
        ? Value.Of(name, tensor)
        : throw OperatorException.Unsupported("the constant's value is of a kind that is not supported");

    private static Tensor? ValueOf(OnnxAttribute attribute) => (attribute.Name, attribute.Kind) switch
    {
        ("value", OnnxAttributeKind.Tensor) => AttributeImporter.ToTensor(attribute.Tensor),
        ("sparse_value", OnnxAttributeKind.SparseTensor) => AttributeImporter.ToTensor(SparseImporter.ToDense(attribute.SparseTensor)),
        ("value_float", OnnxAttributeKind.Float) => Tensor.Scalar(attribute.Float),
        ("value_int", OnnxAttributeKind.Int) => Tensor.Scalar(attribute.Int),
        ("value_floats", OnnxAttributeKind.Floats) => Tensor.Of<float>([.. attribute.Floats], attribute.Floats.Count),
        ("value_ints", OnnxAttributeKind.Ints) => Tensor.Vector(attribute.Ints),
        _ => null,
    };
}
