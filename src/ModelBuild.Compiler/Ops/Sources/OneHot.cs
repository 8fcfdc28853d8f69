using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// A new axis, of size depth, on which y is values[1] at the index and values[0] elsewhere. https://onnx.ai/onnx/operators/onnx__OneHot.html
/// Versions: 9, 11 (negative indices). Rejected: a depth that depends on data, values that are not constant.
/// </summary>
internal sealed class OneHot : Op
{
    public override IReadOnlyList<int> Versions => [9, 11];

    public override void Infer(InferContext context)
    {
        var indices = context.Type(0);
        var depth = context.Elements(1)?[0] ?? Depth(context.RequireConstant(1));
        if (context.RequireConstant(2).Length != 2)
        {
            throw new OperatorException($"the values are {context.Type(2)}; they must be two");
        }

        var shape = indices.Shape.ToList();
        shape.Insert(InferContext.Axis(context.Attributes.Get("axis", -1L), indices.Rank + 1), depth);
        context.Output(context.Type(2).Element, shape);
    }

    public override void Lower(LowerContext context)
    {
        var (indices, values, y) = (context.Input(0), context.Input(2).Constant!, context.Output);
        if (!indices.Type.Element.IsNumber())
        {
            throw ElementKinds.Unsupported(Name, indices.Type.Element);
        }

        var shape = y.Type.Shape;
        var axis = InferContext.Axis(context.Attributes.Get("axis", -1L), shape.Count);
        context.Call(
            typeof(Kernels.OneHot), nameof(Kernels.OneHot.Run), indices, y,
            KernelAxes.Extent(shape, 0, axis), shape[axis], KernelAxes.Extent(shape, axis + 1, shape.Count), ConstantScalar.At(values, 0), ConstantScalar.At(values, 1));
    }

    private static long Depth(Tensor tensor) => tensor.Type switch
    {
        ElementType.Float => (long)tensor.As<float>()[0],
        ElementType.Double => (long)tensor.As<double>()[0],
        ElementType.Int64 or ElementType.Int32 => tensor.ToInt64()[0],
        _ => throw ElementKinds.Unsupported("a depth", tensor.Type),
    };
}
