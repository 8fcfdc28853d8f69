using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>AveragePool over NHWC data.</summary>
internal sealed class AveragePoolNhwc : PoolNhwcOp
{
    public override void Lower(LowerContext context)
    {
        var x = context.Input(0);
        if (x.Type.Element != ElementType.Float)
        {
            throw OperatorException.Unsupported($"AveragePool of {x.Type.Element.ShortName()} is not supported");
        }

        var shape = Shape(context);
        context.Call(typeof(AveragePoolF32), nameof(AveragePoolF32.Run), x, context.Output, x.Type[0], context.Attributes.Flag("count_include_pad"), shape);
    }
}
