using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// A tensor of the given shape filled with one value, the float 0 by default. https://onnx.ai/onnx/operators/onnx__ConstantOfShape.html
/// Versions: 9, 20, 21, 23, 24, 25 (more types). Rejected: a shape that depends on data.
/// </summary>
internal sealed class ConstantOfShape : Op
{
    private const int LongestElements = 64;

    public override IReadOnlyList<int> Versions => [9, 20, 21, 23, 24, 25];

    public override void Infer(InferContext context)
    {
        var (shape, value) = (context.RequireSizes(0), ValueOf(context.Attributes));
        if (shape.Any(size => size.IsConstant && size.Constant < 0))
        {
            throw new OperatorException($"[{string.Join(",", shape)}] is not a shape");
        }

        var isShort = shape.Count == 0 || shape is [{ IsConstant: true, Constant: <= LongestElements }];
        var elements = isShort && value.Type is (ElementType.Int64 or ElementType.Int32)
            ? Enumerable.Repeat((Dim)value.ToInt64()[0], (int)Dim.Product(shape).Constant).ToArray()
            : null;
        context.Output(0, new TensorType(value.Type, shape), elements);
    }

    public override void Lower(LowerContext context) =>
        Expand.Emit(context, context.Constant(ValueOf(context.Attributes).Reshaped(), "value", "repeated"), context.Output);

    private static Tensor ValueOf(Attributes attributes)
    {
        var value = attributes.Get("value", Tensor.Scalar(0f));
        return value.Length == 1 ? value : throw new OperatorException($"the value has {value.Length} elements; it must have one");
    }
}
