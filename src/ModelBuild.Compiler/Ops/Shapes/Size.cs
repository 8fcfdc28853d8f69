using System;
using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = the number of elements of x. https://onnx.ai/onnx/operators/onnx__Size.html
/// Versions: 1, 13, 19, 21, 23, 24, 25 (more types). As with <see cref="Shape"/> there is no kernel.
/// </summary>
internal sealed class Size : Op
{
    public override IReadOnlyList<int> Versions => [1, 13, 19, 21, 23, 24, 25];

    public override void Infer(InferContext context) => context.Output(0, TensorType.Of(ElementType.Int64), [context.Type(0).Length]);

    public override void Lower(LowerContext context) => throw new InvalidOperationException("The element of Size is always known.");
}
