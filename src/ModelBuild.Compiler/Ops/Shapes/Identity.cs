using System.Collections.Generic;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = x. https://onnx.ai/onnx/operators/onnx__Identity.html
/// Versions: 1, 13, 14 (sequences), 16 (optionals), 19, 21, 23, 24, 25 (more types).
/// </summary>
internal sealed class Identity : ShapeOp
{
    public override IReadOnlyList<int> Versions => [1, 13, 14, 16, 19, 21, 23, 24, 25];

    /// <summary>Of a sequence, an optional or a map it is another name.</summary>
    public override bool TryExpand(FunctionContext context)
    {
        if (context.Require(0) is not { Parts: not null } sequence)
        {
            return false;
        }

        context.Output(0, sequence);
        return true;
    }

    protected override IReadOnlyList<Dim> ShapeOf(InferContext context) => context.Type(0).Shape;
}
