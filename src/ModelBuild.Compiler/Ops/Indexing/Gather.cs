using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Takes the slices at the given indices along an axis; the indices' dimensions replace the axis. https://onnx.ai/onnx/operators/onnx__Gather.html
/// Versions: 1, 11 (negative indices), 13 (bfloat16). An index that is out of range is an error at run time.
/// </summary>
internal sealed class Gather : Op
{
    public override IReadOnlyList<int> Versions => [1, 11, 13];

    public override void Infer(InferContext context)
    {
        var (data, indices) = (context.Type(0), context.Type(1));
        var axis = InferContext.Axis(context.Attributes.Get("axis", 0L), data.Rank);
        CheckIndices(context.Input(1)!.Constant, data[axis]);
        context.Output(0, data.With([.. data.Shape.Take(axis), .. indices.Shape, .. data.Shape.Skip(axis + 1)]), Elements(context, data));
    }

    public override void Lower(LowerContext context)
    {
        var (data, indices) = (context.Input(0), context.Input(1));
        var shape = data.Type.Shape;
        var axis = InferContext.Axis(context.Attributes.Get("axis", 0L), shape.Count);
        if (indices.Constant is { Length: 1 } only && shape[axis].IsConstant)
        {
            // One slice is a copy, or the input itself.
            var ranges = shape.Select(SliceRange.All).ToArray();
            ranges[axis] = new SliceRange(InferContext.Axis(only.ToInt64()[0], (int)shape[axis].Constant), 1, Dim.One);
            Slice.Emit(context, data, ranges, context.Output);
            return;
        }

        context.Call(
            typeof(Kernels.Gather), nameof(Kernels.Gather.Run), data, indices, context.Output,
            KernelAxes.Extent(shape, 0, axis), shape[axis], KernelAxes.Extent(shape, axis + 1, shape.Count));
    }

    private static void CheckIndices(Tensor? indices, Dim size)
    {
        if (indices?.Type is not (ElementType.Int32 or ElementType.Int64) || !size.IsConstant)
        {
            return;
        }

        foreach (var index in indices.ToInt64())
        {
            if (index < -size.Constant || index >= size.Constant)
            {
                throw new OperatorException($"index {index} is out of range for an axis of size {size}");
            }
        }
    }

    private static Dim[]? Elements(InferContext context, TensorType data)
    {
        if (data.Rank != 1 || context.Elements(0) is not { } elements || context.Type(1).Rank > 1 || context.Elements(1) is not { } indices
            || !indices.All(index => index.IsConstant))
        {
            return null;
        }

        return [.. indices.Select(index => elements[InferContext.Axis(index.Constant, elements.Count)])];
    }
}
