using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// An operator that computes each element of its output from the same element of its input: of floats with a vectorised operation, 16-bit ones widened, and of other
/// types with an operation or a function of the kernel library, or as it is defined by other operators.
/// </summary>
internal abstract class UnaryOp : Op
{
    public override bool TryExpand(FunctionContext context)
    {
        if (IsFloat(context.Type(0).Element) || Define(context, context.Require(0)) is not { } y)
        {
            return false;
        }

        context.Output(0, y);
        return true;
    }

    public override void Infer(InferContext context) => context.Output(0, context.Type(0));

    public override void Lower(LowerContext context)
    {
        var input = context.Input(0);
        if (!IsFloat(input.Type.Element) && OperationOn(input.Type.Element) is { } operation)
        {
            context.Call(typeof(Unary), nameof(Unary.Run), input, context.Output, operation);
            return;
        }

        if (input.Type.Element == ElementType.Double && Function is { } function)
        {
            context.Call(typeof(UnaryF64), nameof(UnaryF64.Run), input, context.Output, (int)function);
            return;
        }

        FloatArithmetic.Lower(context, [input], context.Output, (wide, y) =>
            context.Call(typeof(UnaryF32), nameof(UnaryF32.Run), wide[0], y, Operation(context.Attributes, context.Node)));
    }

    /// <summary>The operation as a struct of the kernel library: an activation that other operators can apply to their output, too.</summary>
    public abstract object Operation(Attributes attributes, Node node);

    /// <summary>The operation on an element type other than float, where there is a kernel for it.</summary>
    protected virtual StructLiteral? OperationOn(ElementType element) => null;

    /// <summary>The function that computes it in 64 bits, where there is one.</summary>
    protected virtual MathFunction? Function => null;

    /// <summary>The definition by other operators, for types that are not floats of 16 or 32 bits; null where there is an operation or a function for the type.</summary>
    protected virtual Value? Define(FunctionContext context, Value x) => null;

    private static bool IsFloat(ElementType element) => element == ElementType.Float || element.IsHalf();
}
