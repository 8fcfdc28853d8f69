using System.Linq;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Removes the dimensions that are known to be 1 and keeps those that a run finds out, which must then be another size: the rank is compiled in. It is no view that may be moved,
/// since it checks that.
/// </summary>
internal sealed class SqueezeOnes : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context)
    {
        var type = context.Type(0);
        context.Output(0, type.With([.. type.Shape.Where(size => !Broadcast.IsOne(size))]));
    }

    public override void Lower(LowerContext context)
    {
        var type = context.Input(0).Type;
        foreach (var (axis, size) in type.Shape.Index().Where(dimension => !dimension.Item.IsConstant))
        {
            // 1 for the size 1, else 0 at most.
            var isOne = Dim.Max(Dim.Zero, Dim.Min(size, (Dim)2 - size));
            context.RequireZero(isOne, $"axis {axis} of {type} has the size 1, and would have to be removed, but the model is compiled with {context.Output.Type.Rank} dimensions here");
        }

        context.Alias(context.Output, context.Input(0));
    }
}
