using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The k largest (largest=0: smallest) values along an axis, best first, and their indices. https://onnx.ai/onnx/operators/onnx__TopK.html
/// Versions: 1 (k is an attribute), 10 (k is an input), 11 (largest, sorted; integers), 24 (bfloat16).
/// With sorted=0 the order is open in ONNX; it is the same here.
/// </summary>
internal sealed class TopK : Op
{
    public override IReadOnlyList<int> Versions => [1, 10, 11, 24];

    /// <summary>There is no kernel for bfloat16.</summary>
    public override bool TryExpand(FunctionContext context) => context.TryWiden(this);

    public override void Infer(InferContext context)
    {
        var x = context.Type(0);
        var axis = InferContext.Axis(context.Attributes.Get("axis", -1L), x.Rank);
        var count = context.Version < 10 ? context.Attributes.Require<long>("k") : context.RequireSize(1);
        if (count.IsConstant && x[axis].IsConstant && count.Constant > x[axis].Constant)
        {
            throw new OperatorException($"{x} has not {count} values along axis {axis}");
        }

        var shape = x.Shape.ToArray();
        shape[axis] = count;
        context.Output(0, x.With(shape));
        context.Output(1, TensorType.Of(ElementType.Int64, shape));
    }

    public override void Lower(LowerContext context)
    {
        var x = context.Input(0);
        if (!x.Type.Element.IsNumber())
        {
            throw ElementKinds.Unsupported(Name, x.Type.Element);
        }

        var shape = x.Type.Shape;
        var axis = InferContext.Axis(context.Attributes.Get("axis", -1L), shape.Count);
        var count = context.Node.Outputs.OfType<Value>().First().Type[axis];
        context.RequireZero(Dim.Max(count - shape[axis], Dim.Zero), $"there are not as many values along axis {axis} as are wanted");

        var length = Dim.Product(shape.Select((size, i) => i == axis ? count : size));
        context.Call(
            typeof(Kernels.TopK), nameof(Kernels.TopK.Run), x,
            context.Node.Outputs[0] ?? context.Temporary(x.Type.Element, length, "values"),
            context.Node.Outputs is [_, { } indices] ? indices : context.Temporary(ElementType.Int64, length, "indices"),
            KernelAxes.Extent(shape, 0, axis), shape[axis], KernelAxes.Extent(shape, axis + 1, shape.Count), count, context.Attributes.Flag("largest", true));
    }
}
