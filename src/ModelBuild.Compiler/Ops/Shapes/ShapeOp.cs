using System.Collections.Generic;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>An operator that gives its first input other dimensions and leaves the elements as they are.</summary>
internal abstract class ShapeOp : Op, IAliasOp
{
    public override void Infer(InferContext context)
    {
        var shape = ShapeOf(context);
        context.Output(0, context.Type(0).With(shape), shape.Count <= 1 ? context.Elements(0) : null);
    }

    public override void Lower(LowerContext context) => context.Alias(context.Output, context.Input(0));

    /// <summary>The output's dimensions.</summary>
    protected abstract IReadOnlyList<Dim> ShapeOf(InferContext context);

    /// <summary>Axes from an attribute up to version 11, and from the second input later; null where there are none.</summary>
    protected static IEnumerable<long>? AxesOf(InferContext context)
    {
        if (context.Version < 13)
        {
            return context.Attributes.Ints("axes");
        }

        return context.Input(1) is null ? null : context.RequireConstant(1).ToInt64();
    }
}
