using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>An operator that computes each element of its output from the same element of its input.</summary>
internal abstract class UnaryOp : Op
{
    public override void Infer(InferContext context) => context.Output(0, context.Type(0));

    public override void Lower(LowerContext context)
    {
        var input = context.Input(0);
        if (input.Type.Element is not (ElementType.Float or ElementType.Float16) && OperationOn(input.Type.Element) is { } operation)
        {
            context.Call(typeof(Unary), nameof(Unary.Run), input, context.Output, operation);
            return;
        }

        FloatArithmetic.Lower(context, [input], context.Output, (wide, y) =>
            context.Call(typeof(UnaryF32), nameof(UnaryF32.Run), wide[0], y, Operation(context.Attributes, context.Node)));
    }

    /// <summary>The operation as a struct of the kernel library: an activation that other operators can apply to their output, too.</summary>
    public abstract object Operation(Attributes attributes, Node node);

    /// <summary>The operation on an element type other than float, where there is a kernel for it.</summary>
    protected virtual StructLiteral? OperationOn(ElementType element) => null;
}
