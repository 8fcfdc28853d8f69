using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;

namespace ModelBuild.Compiler.Ops;

/// <summary>A pooling operator over x [N, C, spatial...]. The pass ConvertLayout replaces it by its NHWC form, which does the work.</summary>
internal abstract class PoolOp : Op
{
    public override void Infer(InferContext context)
    {
        var x = context.Type(0);
        if (x.Rank < 3)
        {
            throw new OperatorException($"{x} has no spatial axes");
        }

        if (context.OutputCount > 1)
        {
            throw OperatorException.Unsupported("the second output, the indices of the maxima, is not supported");
        }

        var window = Window.Of(context.Attributes, [.. x.Shape.Skip(2)], null);
        context.Output(x.Element, [x[0], x[1], .. window.Output]);
    }

    public override void Lower(LowerContext context) =>
        throw OperatorException.Unsupported($"{Name} over {context.Input(0).Type.Rank - 2} spatial axes is not supported");
}
