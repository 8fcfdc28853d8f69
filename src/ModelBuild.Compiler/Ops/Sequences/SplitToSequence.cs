using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// A tensor cut along an axis into a sequence: into pieces of given sizes, of one size, or of size 1. https://onnx.ai/onnx/operators/onnx__SplitToSequence.html
/// Versions: 11, 24 (more types).
/// </summary>
internal sealed class SplitToSequence : FunctionOp
{
    public override IReadOnlyList<int> Versions => [11, 24];

    public override void Expand(FunctionContext f)
    {
        var x = f.Require(0);
        var axis = InferContext.Axis(f.Attributes.Get("axis", 0L), x.Type.Rank);
        var keeps = f.Input(1) is not null || f.Attributes.Get("keepdims", 1L) != 0;
        var sizes = Sizes(f, x, axis);
        var rank = x.Type.Rank - (keeps ? 0 : 1);
        if (sizes is { Type.IsStatic: true, Elements: not null })
        {
            var count = (int)sizes.Type[0].Constant;
            var pieces = count == 0 ? [] : f.AddAll("Split", count, Attributes.Of(("axis", axis)), x, sizes);
            f.Output(0, f.Sequence(Name, [.. pieces.Select(piece => keeps ? piece : f.Add("Squeeze", piece, f.Constant(axis)))], x.Type.Element));
            return;
        }

        var attributes = Attributes.Of(("axis", axis), ("keepdims", keeps ? 1 : 0));
        var data = f.Add($"{OwnDomain}.{nameof(SplitElements)}", attributes, x, sizes);
        var shapes = f.Add($"{OwnDomain}.{nameof(SplitShapes)}", attributes, sizes, f.ShapeOf(x));
        f.Output(0, Value.Of(Name, new SequenceParts(ValueKind.Sequence, rank, data, shapes, f.Add("Expand", f.Constant(rank), f.ShapeOf(sizes)))));
    }

    // The size of every piece.
    private static Value Sizes(FunctionContext f, Value x, int axis)
    {
        if (f.Input(1) is { Type.Rank: 1 } given)
        {
            return f.As(given, ElementType.Int64);
        }

        var (size, length) = (f.Input(1) is { } one ? f.As(one, ElementType.Int64) : f.Constant(Tensor.Scalar(1L)), f.Add("Gather", f.ShapeOf(x), f.Constant(Tensor.Scalar((long)axis))));
        var begins = f.Add("Range", f.Constant(Tensor.Scalar(0L)), length, size);
        return f.Add("Min", f.Add("Sub", length, begins), size);
    }
}
