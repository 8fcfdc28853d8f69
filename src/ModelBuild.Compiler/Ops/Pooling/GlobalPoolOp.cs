using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>Pooling over all spatial axes of x [N, C, spatial...].</summary>
internal abstract class GlobalPoolOp : Op
{
    /// <summary>64-bit floats are reduced along the spatial axes.</summary>
    public override bool TryExpand(FunctionContext context)
    {
        var x = context.Require(0);
        if (x.Type.Element != ElementType.Double)
        {
            return false;
        }

        context.Output(0, context.Reduce(Reduction is ReduceMaxF32 ? "ReduceMax" : "ReduceMean", x, Centring.Axes(2, x.Type.Rank)));
        return true;
    }

    public override void Infer(InferContext context)
    {
        var x = context.Type(0);
        if (x.Rank < 3)
        {
            throw new OperatorException($"{x} has no spatial axes");
        }

        context.Output(x.Element, [x[0], x[1], .. Enumerable.Repeat(Dim.One, x.Rank - 2)]);
    }

    /// <summary>In NCHW each channel's values lie together: a reduction along the last axis.</summary>
    public override void Lower(LowerContext context)
    {
        var x = context.Input(0);
        if (x.Type.Element != ElementType.Float)
        {
            throw OperatorException.Unsupported($"{Name} of {x.Type.Element.ShortName()} is not supported");
        }

        context.Call(typeof(ReduceF32), nameof(ReduceF32.Run), x, context.Output, x.Type[0] * x.Type[1], Dim.Product(x.Type.Shape.Skip(2)), 1, Reduction);
    }

    /// <summary>The reduction as a struct of the kernel library.</summary>
    public abstract object Reduction { get; }
}
