using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>The zero points of MatMulInteger and ConvInteger.</summary>
internal static class IntegerZeroPoint
{
    /// <summary>The input, or a constant zero where it is absent.</summary>
    public static Value Of(LowerContext context, int index, ElementType type) =>
        context.Node.Input(index) ?? context.Constant(new Tensor(type, [1], new byte[1]), $"zero{index}", string.Empty);

    /// <summary>Checks that both factors are of 8 bits, and that zero points have the types of their factors.</summary>
    /// <exception cref="OperatorException">They are not.</exception>
    public static void Check(InferContext context)
    {
        for (var i = 0; i < 2; i++)
        {
            if (context.Type(i).Element is not (ElementType.UInt8 or ElementType.Int8) || (context.Input(i + 2) is { } zero && zero.Type.Element != context.Type(i).Element))
            {
                throw new OperatorException($"input {i} is {context.Type(i)} with zero point {context.Input(i + 2)?.Type.ToString() ?? "0"}, and 8-bit integers are expected");
            }
        }
    }
}
