using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = the dimensions of x, from axis start to before axis end. https://onnx.ai/onnx/operators/onnx__Shape.html
/// Versions: 1, 13, 15 (start and end), 19, 21, 23, 24, 25 (more types).
/// The elements are known at build time or are expressions over the sizes of a run, so there is no kernel.
/// </summary>
internal sealed class Shape : Op
{
    public override IReadOnlyList<int> Versions => [1, 13, 15, 19, 21, 23, 24, 25];

    public override void Infer(InferContext context)
    {
        var x = context.Type(0);
        var start = Clamped(context.Attributes.Get("start", 0L), x.Rank);
        var end = Clamped(context.Attributes.Get("end", (long)x.Rank), x.Rank);
        Dim[] elements = [.. x.Shape.Take(end).Skip(start)];
        context.Output(0, TensorType.Of(ElementType.Int64, elements.Length), elements);
    }

    public override void Lower(LowerContext context) => throw new InvalidOperationException("The elements of Shape are always known.");

    private static int Clamped(long axis, int rank) => (int)Math.Clamp(axis < 0 ? axis + rank : axis, 0, rank);
}
