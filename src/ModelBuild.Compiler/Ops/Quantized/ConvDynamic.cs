using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// A convolution in integers whose input is quantized at run time, in ONNX layout. Inputs: x f32 [N, C, spatial...]; w s8 [M, C/group, kernel...], constant; bias
/// f32 [M], constant, optional; scales f32 [M], constant. Attributes: those of Conv. The pass ConvertLayout replaces it by ConvDynamicNhwc.
/// </summary>
internal sealed class ConvDynamic : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context)
    {
        var (x, w) = (context.Type(0), context.Type(1));
        var window = Window.Of(context.Attributes, [.. x.Shape.Skip(2)], [.. w.Shape.Skip(2).Select(dim => dim.Constant)]);
        context.Output(ElementType.Float, [x[0], w[0], .. window.Output]);
    }

    public override void Lower(LowerContext context) =>
        throw OperatorException.Unsupported($"a convolution over {context.Input(0).Type.Rank - 2} spatial axes is not supported");
}
