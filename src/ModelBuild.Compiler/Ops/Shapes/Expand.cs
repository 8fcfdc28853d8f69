using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// x broadcast against a shape; a 1 in the shape keeps x's dimension. https://onnx.ai/onnx/operators/onnx__Expand.html
/// Versions: 8, 13 (bfloat16).
/// </summary>
internal sealed class Expand : Op
{
    private const int LongestElements = 64;

    public override IReadOnlyList<int> Versions => [8, 13];

    public override void Infer(InferContext context)
    {
        var x = context.Type(0);
        var shape = Broadcast.Shape(x.Shape, context.RequireSizes(1));
        var elements = shape is [{ IsConstant: true, Constant: <= LongestElements } length] && context.Elements(0) is [var element]
            ? Enumerable.Repeat(element, (int)length.Constant).ToArray()
            : null;
        context.Output(0, x.With(shape), elements);
    }

    public override void Lower(LowerContext context) => Emit(context, context.Input(0), context.Output);

    /// <summary>Emits the copy that repeats <paramref name="x"/> to fill <paramref name="y"/>.</summary>
    public static void Emit(LowerContext context, Value x, Value y)
    {
        Broadcast.Check(context, y.Type.Shape, x.Type.Shape);
        if (x.Type.Shape.Where(dim => !Broadcast.IsOne(dim)).SequenceEqual(y.Type.Shape.Where(dim => !Broadcast.IsOne(dim))))
        {
            context.Alias(y, x);
            return;
        }

        var missing = y.Type.Rank - x.Type.Rank;
        var strides = KernelAxes.Strides(x.Type.Shape);
        var axes = y.Type.Shape.Select((length, axis) => (length, axis < missing ? Dim.Zero : Broadcast.Factor(x.Type[axis - missing], length) * strides[axis - missing]));
        new StridedLayout(Dim.Zero, axes).Emit(context, x, y);
    }
}
