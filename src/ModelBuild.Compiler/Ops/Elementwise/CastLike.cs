using System.Collections.Generic;
using ModelBuild.Compiler.Lowering;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = x as the element type of the second input, of which nothing else counts. https://onnx.ai/onnx/operators/onnx__CastLike.html
/// Versions: 15, 19, 21, 23, 24, 25 (more types). See <see cref="Cast"/>.
/// </summary>
internal sealed class CastLike : Op
{
    public override IReadOnlyList<int> Versions => [15, 19, 21, 23, 24, 25];

    public override bool TryExpand(FunctionContext context) => Cast.TryExpand(context, context.Type(1).Element);

    public override void Infer(InferContext context) => Cast.Infer(context, context.Type(1).Element);

    public override void Lower(LowerContext context) => Cast.Emit(context);
}
