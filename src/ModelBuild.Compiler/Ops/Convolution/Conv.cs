using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Convolution (cross-correlation) of x [N, C, spatial...] with w [M, C/group, kernel...], plus b [M].
/// https://onnx.ai/onnx/operators/onnx__Conv.html
/// Versions: 1, 11 (defaults of strides and dilations stated), 22 (bfloat16). The pass ConvertLayout replaces it by ConvNhwc. With three or more spatial axes it is one with
/// an axis less over more channels. Weights that the run computes, and other element types, are multiplied with the unfolded input.
/// </summary>
internal sealed class Conv : Op
{
    public override IReadOnlyList<int> Versions => [1, 11, 22];

    public override bool TryExpand(FunctionContext context)
    {
        var (x, w) = (context.Type(0), context.Type(1));
        return x.Rank >= 5 && w.Rank == x.Rank && w.IsStatic && ConvDepth.TryExpand(context);
    }

    public override void Infer(InferContext context)
    {
        Window.RequireKernel(context, 1);
        var (x, w) = (context.Type(0), context.Type(1));
        var group = context.Attributes.Int("group", 1);
        if (x.Rank < 3 || w.Rank != x.Rank)
        {
            throw new OperatorException($"{x} cannot be convolved with {w}");
        }

        if (group < 1 || (w[0].IsConstant && w[0].Constant % group != 0) || !context.HasSize(0, 1, w[1] * group))
        {
            throw new OperatorException($"{x} has not the channels that {w} with {group} groups needs");
        }

        if (context.Input(2) is { } b && !(b.Type.Rank == 1 && context.HasSize(2, 0, w[0])))
        {
            throw new OperatorException($"the bias {b.Type} is not one value for each of {w[0]} channels");
        }

        var window = Window.OfWeights(context.Attributes, [.. x.Shape.Skip(2)], [.. w.Shape.Skip(2)]);
        context.Output(x.Element, [x[0], w[0], .. window.Output]);
    }

    public override void Lower(LowerContext context)
    {
        var (x, w) = (context.Input(0).Type, context.Input(1).Type);
        Dim[] spatial = [.. x.Shape.Skip(2)];
        var window = Window.OfWeights(context.Attributes, spatial, [.. w.Shape.Skip(2)]);
        var groups = context.Attributes.Int("group", 1);
        context.RequireZero(w[0] - (Dim.FloorDiv(w[0], groups) * groups), $"the {w[0]} filters are not to be divided into {groups} groups");
        void Emit(Value[] operands, Value y)
        {
            var columns = operands[0];
            if (!window.IsPointwise)
            {
                columns = context.Temporary(operands[0].Type.Element, x[0] * x[1] * Dim.Product(w.Shape.Skip(2)) * Dim.Product(window.Output), "columns");
                context.Call(typeof(Unfold), nameof(Unfold.Run), operands[0], columns, x[0] * x[1], WindowLiteral.Of(window, spatial));
            }

            ConvProduct.Emit(context, operands[1], columns, operands.Length > 2 ? operands[2] : null, y, groups);
        }

        Value[] operands = [.. context.Node.Inputs.OfType<Value>()];
        if (x.Element.IsHalf())
        {
            FloatArithmetic.Lower(context, operands, context.Output, Emit);
        }
        else
        {
            Emit(operands, context.Output);
        }
    }
}
