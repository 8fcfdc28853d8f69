using System.Collections.Generic;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// A depthwise convolution over time that sees only the past, which it takes from a state and passes on. https://onnx.ai/onnx/operators/onnx__CausalConvWithState.html
/// Versions: 27.
/// </summary>
internal sealed class CausalConvWithState : FunctionOp
{
    public override IReadOnlyList<int> Versions => [26, 27];

    public override void Expand(FunctionContext f)
    {
        var (x, w) = (f.Require(0), f.Require(1));
        if (x.Type.Rank != 3 || w.Type.Rank != 3 || !(w.Type[0].IsConstant || x.Type[1].IsConstant) || !w.Type[2].IsConstant)
        {
            throw x.Type.Rank == 3 && w.Type.Rank == 3 ? OperatorException.Unsupported($"weights {w.Type} of unknown size are not supported") : new OperatorException($"{x.Type} and weights {w.Type} must have three axes");
        }

        var past = w.Type[2].Constant - 1;
        Value state = f.Input(3) is { } given
            ? given
            : f.Add("Expand", f.Scalar(0, x.Type.Element), f.Add("Concat", Attributes.Of(("axis", 0)), f.Add("Slice", f.ShapeOf(x), f.Constant(0L), f.Constant(2L)), f.Constant(past)));
        var padded = f.Add("Concat", Attributes.Of(("axis", 2)), state, x);
        var y = f.Add("Conv", Attributes.Of(("group", (w.Type[0].IsConstant ? w.Type[0] : x.Type[1]).Constant)), padded, w, f.Input(2));
        f.Output(0, f.Attributes.Get("activation", "none") switch
        {
            "none" or "" => y,
            "silu" or "swish" => f.Add("Swish", y),
            var other => throw new OperatorException($"activation=\"{other}\" is none of none, silu and swish"),
        });
        var end = f.Add("Slice", f.ShapeOf(padded), f.Constant(2L), f.Constant(3L));
        f.Output(1, f.Add("Slice", padded, f.Add("Sub", end, f.Constant(past)), end, f.Constant(2L)));
    }
}
