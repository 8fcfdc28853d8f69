using System.Collections.Generic;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = whether x is an infinity that the attributes detect_positive and detect_negative ask for. https://onnx.ai/onnx/operators/onnx__IsInf.html
/// Versions: 10, 20 (all float types).
/// </summary>
internal sealed class IsInf : Op
{
    public override IReadOnlyList<int> Versions => [10, 20];

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

        context.Call(typeof(Unary), nameof(Unary.Run), x, context.Output, ElementKinds.Operation(typeof(IsInf<>), x.Type.Element, context.Attributes.Flag("detect_positive", true), context.Attributes.Flag("detect_negative", true)));
    }
}
