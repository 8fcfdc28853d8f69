using System.Collections.Generic;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = whether x is an infinity that the attributes detect_positive and detect_negative ask for. https://onnx.ai/onnx/operators/onnx__IsInf.html
/// Versions: 10, 20 (all float types).
/// </summary>
internal sealed class IsInf : FloatTestOp
{
    public override IReadOnlyList<int> Versions => [10, 20];

    protected override StructLiteral Test(LowerContext context, ElementType element) =>
        ElementKinds.Operation(typeof(IsInf<>), element, context.Attributes.Flag("detect_positive", true), context.Attributes.Flag("detect_negative", true));
}
