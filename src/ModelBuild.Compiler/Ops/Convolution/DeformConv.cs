using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// A convolution of images whose taps are moved by offsets that are data. https://onnx.ai/onnx/operators/onnx__DeformConv.html
/// Versions: 19, 22 (bfloat16).
/// </summary>
internal sealed class DeformConv : Op
{
    public override IReadOnlyList<int> Versions => [19, 22];

    public override void Infer(InferContext context)
    {
        Window.RequireKernel(context, 1);
        var (x, w, offsets) = (context.Type(0), context.Type(1), context.Type(2));
        if (x.Rank != 4 || w.Rank != 4 || offsets.Rank != 4)
        {
            throw new OperatorException($"{x} cannot be convolved with {w} at offsets {offsets}; only images can");
        }

        var window = WindowOf(context.Attributes, x, w);
        var (groups, offsetGroups, taps) = (context.Attributes.Int("group", 1), context.Attributes.Int("offset_group", 1), w[2] * w[3]);
        bool Fits(int index, Dim channels) =>
            context.HasSize(index, 0, x[0]) && context.HasSize(index, 1, channels) && context.HasSize(index, 2, window.Output[0]) && context.HasSize(index, 3, window.Output[1]);
        if (groups < 1 || offsetGroups < 1 || !context.HasSize(0, 1, w[1] * groups) || !Fits(2, taps * 2 * offsetGroups)
            || (context.Input(3) is not null && (context.Type(3).Rank != 1 || !context.HasSize(3, 0, w[0])))
            || (context.Input(4) is not null && (context.Type(4).Rank != 4 || !Fits(4, taps * offsetGroups))))
        {
            throw new OperatorException($"{x}, {w}, {offsets}, their mask and bias do not fit together in {groups} groups and {offsetGroups} groups of offsets");
        }

        context.Output(0, x.With(x[0], w[0], window.Output[0], window.Output[1]));
    }

    public override void Lower(LowerContext context)
    {
        var (x, w, a) = (context.Input(0).Type, context.Input(1).Type, context.Attributes);
        var window = WindowOf(a, x, w);
        foreach (var (size, parts, what) in new[] { (w[0], a.Int("group", 1), "filters"), (x[1], a.Int("offset_group", 1), "channels") })
        {
            context.RequireZero(size - (Dim.FloorDiv(size, parts) * parts), $"the {size} {what} are not to be divided into {parts} groups");
        }

        var shape = StructLiteral.Of<ConvShape>(
            x[2], x[3], x[1], w[2], w[3], window.Strides[0], window.Strides[1], window.Dilations[0], window.Dilations[1], window.Output[0], window.Output[1], w[0], a.Int("group", 1));
        Value[] operands = [.. Enumerable.Range(0, 5).Select(i => context.Node.Input(i) ?? Value.Of("none", new Tensor(x.Element, [0], default)))];
        void Call(Value[] from, Value y) => context.Call(
            typeof(Kernels.DeformConv), nameof(Kernels.DeformConv.Run), from[0], from[1], from[2], from[3], from[4], y, x[0], a.Int("offset_group", 1), window.PadsBegin[0], window.PadsBegin[1], shape);
        if (x.Element == ElementType.Double)
        {
            Call(operands, context.Output);
            return;
        }

        FloatArithmetic.Lower(context, operands, context.Output, Call);
    }

    private static Window WindowOf(Attributes attributes, TensorType x, TensorType w) => Window.OfWeights(attributes, [x[2], x[3]], [w[2], w[3]]);
}
