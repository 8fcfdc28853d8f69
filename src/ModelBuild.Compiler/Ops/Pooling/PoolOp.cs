using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>A pooling operator over x [N, C, spatial...]. The pass ConvertLayout replaces it by its NHWC form where there is one.</summary>
internal abstract class PoolOp : Op
{
    public override void Infer(InferContext context)
    {
        var x = context.Type(0);
        if (x.Rank < 3)
        {
            throw new OperatorException($"{x} has no spatial axes");
        }

        var window = Window.Of(context.Attributes, [.. x.Shape.Skip(2)], null);
        context.Output(x.Element, [x[0], x[1], .. window.Output]);
        context.Output(1, TensorType.Of(ElementType.Int64, [x[0], x[1], .. window.Output]));
    }

    public override void Lower(LowerContext context)
    {
        var x = context.Input(0);
        Dim[] spatial = [.. x.Type.Shape.Skip(2)];
        var window = Window.Of(context.Attributes, spatial, null);
        void Emit(Value from, Value to) => EmitPlain(context, from, to, window, WindowLiteral.Of(window, spatial), x.Type[0] * x.Type[1]);
        if (x.Type.Element is ElementType.Float16 or ElementType.BFloat16)
        {
            FloatArithmetic.Lower(context, [x], context.Output, (wide, y) => Emit(wide[0], y));
            return;
        }

        Emit(x, context.Output);
    }

    /// <summary>Emits the plain kernel, for what has no faster one.</summary>
    protected abstract void EmitPlain(LowerContext context, Value x, Value y, Window window, StructLiteral shape, Dim planes);
}
