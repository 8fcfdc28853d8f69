using System.Collections.Generic;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = every bit of an integer turned over. https://onnx.ai/onnx/operators/onnx__BitwiseNot.html
/// Versions: 18.
/// </summary>
internal sealed class BitwiseNot : Op
{
    public override IReadOnlyList<int> Versions => [18];

    public override void Infer(InferContext context) => context.Output(0, context.Type(0));

    public override void Lower(LowerContext context)
    {
        var x = context.Input(0);
        if (!x.Type.Element.IsInteger())
        {
            throw ElementKinds.Unsupported(Name, x.Type.Element);
        }

        context.Call(typeof(Unary), nameof(Unary.Run), x, context.Output, ElementKinds.Operation(typeof(BitwiseNot<>), x.Type.Element));
    }
}
