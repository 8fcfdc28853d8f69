using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Cropped or padded with zeros to a size, around the centre. https://onnx.ai/onnx/operators/onnx__CenterCropPad.html
/// Versions: 18.
/// </summary>
internal sealed class CenterCropPad : FunctionOp
{
    public override IReadOnlyList<int> Versions => [18];

    public override void Expand(FunctionContext f)
    {
        var x = f.Require(0);
        long[] axes = f.Attributes.Ints("axes") is { } given ? [.. given.Select(axis => (long)InferContext.Axis(axis, x.Type.Rank))] : [.. Enumerable.Range(0, x.Type.Rank).Select(axis => (long)axis)];
        var wanted = f.Add("Cast", Attributes.Of(("to", (long)ElementType.Int64)), f.Require(1));
        Value Sizes(Value value) => f.Add("Gather", f.ShapeOf(value), f.Constant(axes));

        // What is too much goes first, the larger half at the end; then what is missing comes, the larger half at the end, too.
        var start = f.Add("Div", f.Add("Max", f.Add("Sub", Sizes(x), wanted), f.Constant(0L)), f.Constant(2L));
        var cropped = f.Add("Slice", x, start, f.Add("Add", start, f.Add("Min", wanted, Sizes(x))), f.Constant(axes));
        var missing = f.Add("Sub", wanted, Sizes(cropped));
        var before = f.Add("Div", missing, f.Constant(2L));
        f.Output(0, f.Add("Pad", cropped, f.Add("Concat", Attributes.Of(("axis", 0)), before, f.Add("Sub", missing, before)), null, f.Constant(axes)));
    }
}
