using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// A new axis, of size depth, on which y is values[1] at the index and values[0] elsewhere. https://onnx.ai/onnx/operators/onnx__OneHot.html
/// Versions: 9, 11 (negative indices).
/// </summary>
internal sealed class OneHot : Op
{
    public override IReadOnlyList<int> Versions => [9, 11];

    public override void Infer(InferContext context)
    {
        var indices = context.Type(0);
        var depth = context.Input(1)?.Constant is { Type: not (ElementType.Int64 or ElementType.Int32) } constant ? Depth(constant) : context.RequireSize(1);
        if (context.Type(2).Rank != 1 || !context.HasSize(2, 0, 2))
        {
            throw new OperatorException($"the values are {context.Type(2)}; they must be two");
        }

        var shape = indices.Shape.ToList();
        shape.Insert(InferContext.Axis(context.Attributes.Get("axis", -1L), indices.Rank + 1), depth);
        context.Output(context.Type(2).Element, shape);
    }

    public override void Lower(LowerContext context)
    {
        var (indices, values, y) = (context.Input(0), context.Input(2), context.Output);
        if (!indices.Type.Element.IsNumber())
        {
            throw ElementKinds.Unsupported(Name, indices.Type.Element);
        }

        var shape = y.Type.Shape;
        var axis = InferContext.Axis(context.Attributes.Get("axis", -1L), shape.Count);
        context.Call(
            typeof(Kernels.OneHot), nameof(Kernels.OneHot.Run), indices, y,
            KernelAxes.Extent(shape, 0, axis), shape[axis], KernelAxes.Extent(shape, axis + 1, shape.Count), values);
    }

    /// <summary>A depth of another type than the integers that sizes are made of.</summary>
    public override bool TryExpand(FunctionContext context)
    {
        if (context.Require(1) is { IsConstant: true } or { Type.Element: ElementType.Int64 or ElementType.Int32 })
        {
            return false;
        }

        var depth = context.Add("Cast", Attributes.Of(("to", (long)ElementType.Int64)), context.Require(1));
        context.Output(0, context.Add(Name, context.Attributes, context.Require(0), depth, context.Require(2)));
        return true;
    }

    private static long Depth(Tensor tensor) => tensor.Type switch
    {
        ElementType.Float => (long)tensor.As<float>()[0],
        ElementType.Double => (long)tensor.As<double>()[0],
        ElementType.Int64 or ElementType.Int32 => tensor.ToInt64()[0],
        ElementType.UInt8 => tensor.Bytes[0],
        ElementType.Int8 => tensor.As<sbyte>()[0],
        _ => throw ElementKinds.Unsupported("a depth", tensor.Type),
    };
}
