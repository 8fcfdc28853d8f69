using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = not x. https://onnx.ai/onnx/operators/onnx__Not.html
/// Versions: 1.
/// </summary>
internal sealed class Not : Op
{
    public override void Infer(InferContext context)
    {
        if (context.Type(0).Element != ElementType.Bool)
        {
            throw new OperatorException($"Not takes truth values, not {context.Type(0)}");
        }

        context.Output(0, context.Type(0), context.Elements(0)?.Select(element => Dim.One - element).ToArray());
    }

    public override void Lower(LowerContext context) => context.Call(typeof(Unary), nameof(Unary.Run), context.Input(0), context.Output, default(Kernels.Not));
}
