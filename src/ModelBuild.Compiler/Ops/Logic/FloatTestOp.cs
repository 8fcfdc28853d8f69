using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>y = whether x is of a kind of value that only floats have.</summary>
internal abstract class FloatTestOp : Op
{
    /// <summary>Floats of 8 bits are widened, which leaves every kind of value what it is.</summary>
    public sealed override bool TryExpand(FunctionContext context)
    {
        var x = context.Require(0);
        if (!x.Type.Element.IsNarrow())
        {
            return false;
        }

        context.Output(0, context.Add(Name, context.Attributes, context.As(x, ElementType.Float)));
        return true;
    }

    public sealed override void Infer(InferContext context) => context.Output(0, context.Type(0).With(ElementType.Bool));

    public sealed override void Lower(LowerContext context)
    {
        var x = context.Input(0);
        if (!x.Type.Element.IsFloatingPoint())
        {
            throw ElementKinds.Unsupported(Name, x.Type.Element);
        }

        context.Call(typeof(Unary), nameof(Unary.Run), x, context.Output, Test(context, x.Type.Element));
    }

    /// <summary>The operation of the kernel <see cref="Unary"/> that tests one value.</summary>
    protected abstract StructLiteral Test(LowerContext context, ElementType element);
}
