using System.Collections.Generic;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = whether x is NaN. https://onnx.ai/onnx/operators/onnx__IsNaN.html
/// Versions: 9, 13 (bfloat16), 20 (float8).
/// </summary>
internal sealed class IsNaN : FloatTestOp
{
    public override IReadOnlyList<int> Versions => [9, 13, 20];

    protected override StructLiteral Test(LowerContext context, ElementType element) => ElementKinds.Operation(typeof(IsNaN<>), element);
}
