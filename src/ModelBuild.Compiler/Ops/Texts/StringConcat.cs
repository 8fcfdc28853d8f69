using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Texts put together, element by element. https://onnx.ai/onnx/operators/onnx__StringConcat.html
/// Versions: 20. Rejected: operands of different shapes that are not all known.
/// </summary>
internal sealed class StringConcat : FunctionOp
{
    public override IReadOnlyList<int> Versions => [20];

    public override void Expand(FunctionContext f)
    {
        var shape = Broadcast.Shape(f.Type(0).Shape, f.Type(1).Shape);
        Value Whole(Value value) => value.Type.Shape.SequenceEqual(shape) ? value
            : shape.All(dim => dim.IsConstant) ? f.Add("Expand", value, f.Constant([.. shape.Select(dim => dim.Constant)]))
            : throw OperatorException.Unsupported($"{f.Type(0)} and {f.Type(1)} are broadcast, which is supported for known sizes alone");
        f.Output(0, f.Add($"{OwnDomain}.{nameof(ConcatTexts)}", Whole(f.Require(0)), Whole(f.Require(1))));
    }
}
