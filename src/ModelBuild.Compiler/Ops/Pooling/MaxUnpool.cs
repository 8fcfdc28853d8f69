using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Puts values back where MaxPool found them; the rest is 0. https://onnx.ai/onnx/operators/onnx__MaxUnpool.html
/// Versions: 9, 11, 22 (bfloat16).
/// </summary>
internal sealed class MaxUnpool : FunctionOp
{
    public override IReadOnlyList<int> Versions => [9, 11, 22];

    public override void Expand(FunctionContext f)
    {
        var (x, rank) = (f.Require(0), f.Type(0).Rank);
        if (!x.Type.Element.IsNumber())
        {
            throw new OperatorException($"{Name} is not defined for {x.Type.Element.ShortName()}");
        }

        var kernel = f.Attributes.Require<long[]>("kernel_shape");
        var strides = f.Attributes.Ints("strides", [.. Enumerable.Repeat(1L, kernel.Length)]);
        var pads = f.Attributes.Ints("pads", new long[2 * kernel.Length]);
        if (kernel.Length != rank - 2 || strides.Length != kernel.Length || pads.Length != 2 * kernel.Length)
        {
            throw new OperatorException($"kernel_shape, strides and pads have {kernel.Length}, {strides.Length} and {pads.Length} entries for {rank - 2} spatial axes");
        }

        long[] extra = [.. kernel.Select((size, i) => size - strides[i] - pads[i] - pads[i + kernel.Length])];
        var sizes = f.Add("Add", f.Add("Mul", f.ShapeOf(x), f.Constant([1, 1, .. strides])), f.Constant([0, 0, .. extra]));

        // Indices count within the smallest output; a larger one has the values at the same places of each axis.
        var flat = f.Add("ConstantOfShape", Attributes.Of(("value", new Tensor(x.Type.Element, [1], new byte[x.Type.Element.SizeInBytes()]))), f.Add("ReduceProd", Attributes.Of(("keepdims", 1)), sizes));
        Value Line(Value value) => f.Add("Reshape", value, f.Constant(-1L));
        var small = f.Add("Reshape", f.Add("ScatterElements", flat, Line(f.Require(1)), Line(x)), sizes);
        if (f.Input(2) is not { } wanted)
        {
            f.Output(0, small);
            return;
        }

        var missing = f.Add("Sub", wanted, sizes);
        f.Output(0, f.Add("Pad", small, f.Add("Concat", Attributes.Of(("axis", 0)), f.Constant(new long[rank]), missing)));
    }
}
