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
/// Versions: 1, 11 (defaults of strides and dilations stated), 22 (bfloat16). The pass ConvertLayout replaces it by ConvNhwc; with three or more spatial axes, other
/// element types, or weights that the run computes, a plain kernel computes it.
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
        Dim[] spatial = [.. x.Type.Shape.Skip(2)];
        var window = Window.Of(context.Attributes, spatial, [.. w.Type.Shape.Skip(2).Select(dim => dim.Constant)]);
        EmitPlain(context, nameof(ConvPlain.Run), WindowLiteral.Of(window, spatial), w.Type[0]);
    }

    /// <summary>Emits the plain kernel for any element type.</summary>
    public static void EmitPlain(LowerContext context, string method, StructLiteral window, Dim outputs)
    {
        var x = context.Input(0);
        var none = Value.Of("none", new Tensor(x.Type.Element is ElementType.Double ? ElementType.Double : ElementType.Float, [0], default));
        void Emit(Value[] operands, Value y) => context.Call(
            typeof(ConvPlain), method, operands[0], operands[1], operands.Length > 2 ? operands[2] : none, y, x.Type[0], x.Type[1], outputs, context.Attributes.Int("group", 1), window);
        Value[] operands = [.. context.Node.Inputs.OfType<Value>()];
        if (x.Type.Element == ElementType.Double)
        {
            Emit(operands, context.Output);
            return;
        }

        FloatArithmetic.Lower(context, operands, context.Output, Emit);
    }
}
