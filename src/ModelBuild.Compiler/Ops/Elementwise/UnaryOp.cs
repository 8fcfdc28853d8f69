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
        if (input.Type.Element != ElementType.Float)
        {
            throw OperatorException.Unsupported($"{Name} of {input.Type.Element.ShortName()} is not supported");
        }

        context.Call(typeof(UnaryF32), nameof(UnaryF32.Run), input, context.Output, Operation(context.Attributes, context.Node));
    }

    /// <summary>The operation as a struct of the kernel library: an activation that other operators can apply to their output, too.</summary>
    public abstract object Operation(Attributes attributes, Node node);
}
