using System.Collections.Generic;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The indices of all elements that are not zero, one row for each axis. https://onnx.ai/onnx/operators/onnx__NonZero.html
/// Versions: 9, 13 (bfloat16).
/// </summary>
internal sealed class NonZero : FunctionOp
{
    public override IReadOnlyList<int> Versions => [9, 13];

    public override void Expand(FunctionContext f)
    {
        // A scalar is seen as a vector of one element.
        var x = f.Type(0).Rank == 0 ? f.Add("Reshape", f.Require(0), f.Constant(1L)) : f.Require(0);
        f.Output(0, f.Add($"{OwnDomain}.{nameof(NonZeroIndices)}", x, f.ShapeOf(x), f.Add($"{OwnDomain}.{nameof(CountNonZero)}", x)));
    }
}
