using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The discrete Fourier transform along an axis: y[k] is the sum of x[n] exp(-2 pi i k n / length), or with inverse=1 of x[n] exp(2 pi i k n / length) / length. The last
/// axis holds real and imaginary parts. With onesided=1 the first length / 2 + 1 elements are wanted; both together turn such a half of a spectrum into real numbers.
/// https://onnx.ai/onnx/operators/onnx__DFT.html
/// Versions: 17 (axis is an attribute), 20 (axis is an input).
/// </summary>
internal sealed class DFT : Op
{
    private const int AxisIsInputFrom = 20;

    public override IReadOnlyList<int> Versions => [17, AxisIsInputFrom];

    /// <summary>An axis that a run computes is moved to the end, and the parts behind it again.</summary>
    public override bool TryExpand(FunctionContext context)
    {
        if (context.Version < AxisIsInputFrom || context.Input(2) is not { IsConstant: false } axis)
        {
            return false;
        }

        var x = context.Require(0);
        if (x.Type.Rank < 2)
        {
            throw new OperatorException($"{x.Type} has no axis of real and imaginary parts");
        }

        var (moved, order) = DynamicAxes.ToEnd(context, x, axis);
        var transform = context.Add(Name, context.Attributes, SwapLast(context, moved), context.Input(1), context.Constant(Tensor.Scalar(-2L)));
        var y = SwapLast(context, transform);
        var inverse = context.Add($"{OwnDomain}.{nameof(InverseOrder)}", order);

        // Only the parts differ from the input, unless the transform is shorter or longer than it.
        var sizes = context.Input(1) is null && !context.Attributes.Flag("onesided")
            ? context.Add("Concat", Attributes.Of(("axis", 0)), context.Add("Slice", context.ShapeOf(x), context.Constant(0L), context.Constant(-1L)), context.Constant(2L))
            : context.Add("Gather", context.ShapeOf(y), inverse);
        context.Output(0, context.Add($"{OwnDomain}.{nameof(TransposeByOrder)}", y, context.ShapeOf(y), inverse, sizes));
        return true;
    }

    public override void Infer(InferContext context)
    {
        var x = context.Type(0);
        if (x.Rank < 2 || (x[-1].IsConstant && x[-1].Constant is not (1 or 2)))
        {
            throw new OperatorException($"{x} does not end in an axis of 1 or 2 parts");
        }

        if (context.Version >= AxisIsInputFrom && context.Input(2) is not null)
        {
            _ = context.RequireConstant(2);
        }

        var axis = Axis(context.Version, context.Attributes, context.Input(2), x.Rank);
        var isHalf = IsHalf(context.Attributes);
        var length = Length(x, axis, context.Input(1) is null ? null : context.RequireSize(1), isHalf);
        Dim[] shape = [.. x.Shape];
        shape[axis] = context.Attributes.Flag("onesided") && !isHalf ? Dim.FloorDiv(length, 2) + 1 : length;
        shape[^1] = isHalf ? 1 : 2;
        context.Output(0, x.With(shape));
    }

    public override void Lower(LowerContext context)
    {
        var (x, y) = (context.Input(0), context.Output);
        var axis = Axis(context.Node.Version, context.Attributes, context.Node.Input(2), x.Type.Rank);
        var isHalf = IsHalf(context.Attributes);
        var length = Length(x.Type, axis, context.Node.Input(1)?.Elements![0], isHalf);
        var scratch = length.IsConstant ? Dft.ScratchLength(checked((int)length.Constant)) : length * Dft.ScratchFactor;
        void Emit(Value from, Value to) => context.Call(
            typeof(Dft), nameof(Dft.Run), from, context.Temporary(ElementType.Double, scratch, "scratch"), to, KernelAxes.Extent(x.Type.Shape, 0, axis), x.Type[axis],
            KernelAxes.Extent(x.Type.Shape, axis + 1, x.Type.Rank - 1), x.Type[-1], length, y.Type[axis], y.Type[-1], context.Attributes.Flag("inverse"), isHalf);
        if (y.Type.Element is ElementType.Float16 or ElementType.BFloat16)
        {
            FloatArithmetic.Lower(context, [x], y, (wide, result) => Emit(wide[0], result));
            return;
        }

        Emit(x, y);
    }

    private static bool IsHalf(Attributes attributes) => attributes.Flag("onesided") && attributes.Flag("inverse");

    private static Value SwapLast(FunctionContext context, Value value)
    {
        var order = new long[value.Type.Rank];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        (order[^1], order[^2]) = (order[^2], order[^1]);
        return context.Add("Transpose", Attributes.Of(("perm", order)), value);
    }

    private static int Axis(int version, Attributes attributes, Value? given, int rank)
    {
        var axis = InferContext.Axis(version < AxisIsInputFrom ? attributes.Get("axis", 1L) : given?.Constant is { } constant ? constant.ToInt64()[0] : -2, rank);
        return axis < rank - 1 ? axis : throw new OperatorException($"axis {axis} of rank {rank} is that of the real and imaginary parts");
    }

    private static Dim Length(TensorType x, int axis, Dim? given, bool isHalf) => given ?? (isHalf ? (x[axis] - 1) * 2 : x[axis]);
}
