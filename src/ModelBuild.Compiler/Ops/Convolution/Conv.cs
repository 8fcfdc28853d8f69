using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Convolution (cross-correlation) of x [N, C, spatial...] with w [M, C/group, kernel...], plus b [M].
/// https://onnx.ai/onnx/operators/onnx__Conv.html
/// Versions: 1, 11 (defaults of strides and dilations stated), 22 (bfloat16). The pass ConvertLayout replaces it by ConvNhwc; with three or more spatial axes, or
/// weights that are not constant, it is refused.
/// </summary>
internal sealed class Conv : Op
{
    public override IReadOnlyList<int> Versions => [1, 11, 22];

    public override void Infer(InferContext context)
    {
        var (x, w) = (context.Type(0), context.Type(1));
        var group = context.Attributes.Int("group", 1);
        if (x.Rank < 3 || w.Rank != x.Rank || !w.IsStatic)
        {
            throw new OperatorException($"{x} cannot be convolved with {w}");
        }

        if (group < 1 || w[0].Constant % group != 0 || !x[1].Equals(w[1] * group))
        {
            throw new OperatorException($"{x} has not the channels that {w} with {group} groups needs");
        }

        if (context.Input(2) is { } b && !(b.Type.Rank == 1 && b.Type[0].Equals(w[0])))
        {
            throw new OperatorException($"the bias {b.Type} is not one value for each of {w[0]} channels");
        }

        var window = Window.Of(context.Attributes, [.. x.Shape.Skip(2)], [.. w.Shape.Skip(2).Select(dim => dim.Constant)]);
        context.Output(x.Element, [x[0], w[0], .. window.Output]);
    }

    public override void Lower(LowerContext context)
    {
        var (x, w) = (context.Input(0), context.Input(1));
        throw OperatorException.Unsupported(
            !w.IsConstant ? "a convolution with weights that are not constant is not supported"
            : x.Type.Element != ElementType.Float ? $"a convolution of {x.Type.Element.ShortName()} is not supported"
            : $"a convolution over {x.Type.Rank - 2} spatial axes is not supported");
    }
}
