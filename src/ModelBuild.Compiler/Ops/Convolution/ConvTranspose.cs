using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The transposed convolution: every value of x is multiplied by the kernel and added to the outputs that a convolution would have seen it from.
/// https://onnx.ai/onnx/operators/onnx__ConvTranspose.html
/// Versions: 1, 11 (defaults stated), 22 (bfloat16). With constant weights it is computed by convolutions, see <see cref="ConvPhases"/>.
/// </summary>
internal sealed class ConvTranspose : Op
{
    public override IReadOnlyList<int> Versions => [1, 11, 22];

    public override bool TryExpand(FunctionContext context) => ConvPhases.TryExpand(context);

    public override void Infer(InferContext context)
    {
        Window.RequireKernel(context, 1);
        var (x, w) = (context.Type(0), context.Type(1));
        if (x.Rank < 3 || w.Rank != x.Rank || !context.HasSize(0, 1, w[0]))
        {
            throw new OperatorException($"{x} cannot be convolved with {w}");
        }

        context.Output(x.Element, [x[0], w[1] * context.Attributes.Int("group", 1), .. ConvTransposeWindow.Of(context.Attributes, x, w).Output]);
    }

    public override void Lower(LowerContext context)
    {
        var (x, w) = (context.Input(0).Type, context.Input(1).Type);
        var window = ConvTransposeWindow.Of(context.Attributes, x, w);
        static Dim[] Dims(IEnumerable<long> values) => [.. values.Select(value => (Dim)value)];
        var literal = WindowLiteral.Of(window.Output, [.. w.Shape.Skip(2)], [.. x.Shape.Skip(2)], Dims(window.Strides), Dims(window.Dilations), window.PadsBegin);
        var groups = context.Attributes.Int("group", 1);
        var none = Value.Of("none", new Tensor(x.Element == ElementType.Double ? ElementType.Double : ElementType.Float, [0], default));
        void Emit(Value[] operands, Value y) => context.Call(
            typeof(ConvPlain), nameof(ConvPlain.Transposed), operands[0], operands[1], operands.Length > 2 ? operands[2] : none, y, x[0], x[1], w[1] * groups, groups, literal);
        Value[] operands = [.. context.Node.Inputs.OfType<Value>()];
        if (x.Element == ElementType.Double)
        {
            Emit(operands, context.Output);
            return;
        }

        FloatArithmetic.Lower(context, operands, context.Output, Emit);
    }
}
