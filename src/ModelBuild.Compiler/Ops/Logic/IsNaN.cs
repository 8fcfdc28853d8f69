using System.Collections.Generic;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = whether x is NaN. https://onnx.ai/onnx/operators/onnx__IsNaN.html
/// Versions: 9, 13 (bfloat16), 20 (float8).
/// </summary>
internal sealed class IsNaN : Op
{
    public override IReadOnlyList<int> Versions => [9, 13, 20];

    /// <summary>Floats of 8 bits are widened, which leaves every kind of value what it is.</summary>
    public override bool TryExpand(FunctionContext context)
    {
        var x = context.Require(0);
        if (!x.Type.Element.IsNarrow())
        {
            return false;
        }

        context.Output(0, context.Add(Name, context.Attributes, context.As(x, ElementType.Float)));
        return true;
    }

    public override void Infer(InferContext context) => context.Output(0, context.Type(0).With(ElementType.Bool));

    public override void Lower(LowerContext context)
    {
        var x = context.Input(0);
        if (!x.Type.Element.IsFloatingPoint())
        {
            throw ElementKinds.Unsupported(Name, x.Type.Element);
        }

        context.Call(typeof(Unary), nameof(Unary.Run), x, context.Output, ElementKinds.Operation(typeof(IsNaN<>), x.Type.Element));
    }
}
