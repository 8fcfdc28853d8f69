using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Texts put together, element by element. https://onnx.ai/onnx/operators/onnx__StringConcat.html
/// Versions: 20.
/// </summary>
internal sealed class StringConcat : FunctionOp
{
    public override IReadOnlyList<int> Versions => [20];

    public override void Expand(FunctionContext f)
    {
        var shape = Broadcast.Shape(f.Type(0).Shape, f.Type(1).Shape);
        Value Aligned(Value value) => value.Type.Rank == shape.Count ? f.ShapeOf(value)
            : f.Add("Concat", Attributes.Of(("axis", 0)), f.Constant([.. Enumerable.Repeat(1L, shape.Count - value.Type.Rank)]), f.ShapeOf(value));
        var (a, b) = (Aligned(f.Require(0)), Aligned(f.Require(1)));
        var sizes = f.Add("Where", f.Add("Equal", a, 1), b, a);
        Value Whole(Value value) => value.Type.Shape.SequenceEqual(shape) ? value : f.Add("Expand", value, sizes);
        f.Output(0, f.Add($"{OwnDomain}.{nameof(ConcatTexts)}", Whole(f.Require(0)), Whole(f.Require(1))));
    }
}
