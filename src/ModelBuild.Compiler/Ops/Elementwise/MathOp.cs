using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>A function of one number that is computed in 64 bits, whatever its type.</summary>
internal abstract class MathOp : Op
{
    protected abstract MathFunction Function { get; }

    public override void Infer(InferContext context) => context.Output(0, context.Type(0));

    public override void Lower(LowerContext context)
    {
        if (context.Output.Type.Element == ElementType.Double)
        {
            context.Call(typeof(UnaryF64), nameof(UnaryF64.Run), context.Input(0), context.Output, (int)Function);
            return;
        }

        FloatArithmetic.Lower(context, [context.Input(0)], context.Output, (wide, y) => context.Call(typeof(UnaryF64), nameof(UnaryF64.Run), wide[0], y, (int)Function));
    }
}
