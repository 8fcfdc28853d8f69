using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The positions at which GridSample sees an image through an affine map. https://onnx.ai/onnx/operators/onnx__AffineGrid.html
/// Versions: 20.
/// </summary>
internal sealed class AffineGrid : FunctionOp
{
    public override IReadOnlyList<int> Versions => [20];

    public override void Expand(FunctionContext f)
    {
        // Two sizes more than spatial axes, or else the rows of the map.
        var (theta, given) = (f.Require(0), f.Type(1) is { Rank: 1 } type && type[0].IsConstant ? type[0] - 2 : f.Type(0)[-2]);
        var rank = theta.Type.Rank == 3 && given is { IsConstant: true, Constant: 2 or 3 } ? (int)given.Constant : throw new OperatorException($"{theta.Type} is no affine map for the sizes {f.Type(1)}");
        var element = theta.Type.Element;
        var sizes = f.Require(1);
        Value Count(int axis) => f.Add("Gather", sizes, f.Constant(Tensor.Scalar((long)axis + 2)));
        Value Real(Value value) => f.Add("Cast", Attributes.Of(("to", (long)element)), value);

        // Of each axis the positions of its elements, -1 to 1, in the shape [.., n, .., 1] of the grid.
        Value Line(int axis)
        {
            var count = Real(Count(axis));
            var index = Real(f.Add("Range", f.Constant(Tensor.Scalar(0L)), Count(axis), f.Constant(Tensor.Scalar(1L))));
            var one = f.Scalar(1, element);
            var two = f.Scalar(2, element);
            var line = f.Attributes.Flag("align_corners")
                ? f.Add("Sub", f.Add("Div", f.Add("Mul", index, two), f.Add("Max", f.Add("Sub", count, one), one)), one)
                : f.Add("Sub", f.Add("Div", f.Add("Add", f.Add("Mul", index, two), one), count), one);
            long[] others = [.. Enumerable.Range(0, rank + 1).Where(other => other != axis).Select(other => (long)other)];
            return f.Add("Unsqueeze", line, f.Constant(others));
        }

        var whole = f.Add("Concat", Attributes.Of(("axis", 0)), f.Add("Slice", sizes, f.Constant(2L), f.Constant(rank + 2L)), f.Constant(1L));
        Value[] coordinates = [.. Enumerable.Range(0, rank).Reverse().Select(axis => f.Add("Expand", Line(axis), whole)), f.Add("Expand", f.Scalar(1, element), whole)];
        var points = f.Add("Reshape", f.Add("Concat", Attributes.Of(("axis", rank)), coordinates), f.Constant(1, -1, rank + 1));
        var mapped = f.Add("MatMul", points, f.Add("Transpose", Attributes.Of(("perm", (long[])[0, 2, 1])), theta));
        var shape = f.Add("Concat", Attributes.Of(("axis", 0)), f.Add("Slice", f.ShapeOf(theta), f.Constant(0L), f.Constant(1L)), f.Add("Slice", sizes, f.Constant(2L), f.Constant(rank + 2L)), f.Constant((long)rank));
        f.Output(0, f.Add("Reshape", mapped, shape));
    }
}
