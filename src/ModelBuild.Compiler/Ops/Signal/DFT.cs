using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The discrete Fourier transform along an axis, or its inverse. https://onnx.ai/onnx/operators/onnx__DFT.html
/// Versions: 17 (axis is an attribute), 20 (axis is an input). The axis must be constant.
/// </summary>
internal sealed class DFT : Op
{
    public override IReadOnlyList<int> Versions => [17, 20];

    public override void Infer(InferContext context)
    {
        var x = context.Type(0);
        if (context.Version >= 20 && context.Input(2) is not null)
        {
            _ = context.RequireConstant(2);
        }

        var axis = Axis(context.Version, context.Attributes, context.Input(2), x.Rank);
        var isHalf = IsHalf(context.Attributes);
        var length = Length(x, axis, context.Input(1) is null ? null : context.RequireSizes(1)[0], isHalf);
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
        void Emit(Value from, Value to) => context.Call(
            typeof(Dft), nameof(Dft.Run), from, context.Temporary(ElementType.Double, length * 4, "scratch"), to, KernelAxes.Extent(x.Type.Shape, 0, axis), x.Type[axis],
            KernelAxes.Extent(x.Type.Shape, axis + 1, x.Type.Rank - 1), x.Type[-1], length, y.Type[axis], y.Type[-1], context.Attributes.Flag("inverse"), isHalf);
        if (y.Type.Element is ElementType.Float16 or ElementType.BFloat16)
        {
            FloatArithmetic.Lower(context, [x], y, (wide, result) => Emit(wide[0], result));
            return;
        }

        Emit(x, y);
    }

    private static bool IsHalf(Attributes attributes) => attributes.Flag("onesided") && attributes.Flag("inverse");

    private static int Axis(int version, Attributes attributes, Value? axis, int rank) =>
        InferContext.Axis(version < 20 ? attributes.Get("axis", 1L) : axis?.Constant is { } constant ? constant.ToInt64()[0] : -2, rank);

    private static Dim Length(TensorType x, int axis, Dim? given, bool isHalf) => given ?? (isHalf ? (x[axis] - 1) * 2 : x[axis]);
}
