using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>Pooling over NHWC data. Attributes: those of the ONNX operator with explicit pads.</summary>
internal abstract class PoolNhwcOp : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context)
    {
        var x = context.Type(0);
        var window = Window.Of(context.Attributes, [x[1], x[2]], null);
        context.Output(x.Element, x[0], window.Output[0], window.Output[1], x[3]);
    }

    /// <summary>The geometry as the pooling kernels take it.</summary>
    protected static StructLiteral Shape(LowerContext context)
    {
        var (x, y) = (context.Input(0).Type, context.Output.Type);
        var window = Window.Of(context.Attributes, [x[1], x[2]], null);
        context.Note = $"{window.Kernel[0]}x{window.Kernel[1]}, [{x[1]},{x[2]},{x[3]}] -> [{y[1]},{y[2]},{y[3]}]";
        return StructLiteral.Of<PoolShape>(
            x[1], x[2], x[3], window.Kernel[0], window.Kernel[1], window.Strides[0], window.Strides[1], window.Dilations[0], window.Dilations[1],
            window.PadsBegin[0], window.PadsBegin[1], window.PadsEnd[0], window.PadsEnd[1], y[1], y[2]);
    }
}
