using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The inputs one after the other along an axis. https://onnx.ai/onnx/operators/onnx__Concat.html
/// Versions: 1 (axis is 1 by default), 4 (axis is required), 11 (negative axes), 13 (bfloat16).
/// </summary>
internal sealed class Concat : Op
{
    private const int LongestElements = 64;

    public override IReadOnlyList<int> Versions => [1, 4, 11, 13];

    public override void Infer(InferContext context)
    {
        var types = Enumerable.Range(0, context.InputCount).Select(context.Type).ToArray();
        if (types.Length == 0 || types.Any(type => type.Element != types[0].Element || type.Rank != types[0].Rank))
        {
            throw new OperatorException($"Concat takes tensors of one type and rank, not {string.Join<TensorType>(" and ", types)}");
        }

        var axis = InferContext.Axis(context.Version < 4 ? context.Attributes.Get("axis", 1L) : context.Attributes.Require<long>("axis"), types[0].Rank);
        var shape = types[0].Shape.ToArray();
        foreach (var type in types.Skip(1))
        {
            for (var i = 0; i < shape.Length; i++)
            {
                shape[i] = i == axis ? shape[i] + type[i] : Common(shape[i], type[i], types);
            }
        }

        context.Output(0, types[0].With(shape), Elements(context));
    }

    public override void Lower(LowerContext context)
    {
        var y = context.Output;
        var axis = InferContext.Axis(context.Attributes.Get("axis", 1L), y.Type.Rank);
        var outer = KernelAxes.Extent(y.Type.Shape, 0, axis);
        var stride = KernelAxes.Extent(y.Type.Shape, axis, y.Type.Rank);
        var offset = Dim.Zero;
        foreach (var x in context.Node.Inputs.OfType<Value>())
        {
            for (var i = 0; i < y.Type.Rank; i++)
            {
                context.RequireZero(i == axis ? Dim.Zero : x.Type[i] - y.Type[i], $"{x.Type} has another size along axis {i} than the result {y.Type}");
            }

            var length = KernelAxes.Extent(x.Type.Shape, axis, x.Type.Rank);
            if (!length.Equals(Dim.Zero))
            {
                context.Call(typeof(ConcatPart), nameof(ConcatPart.Run), x, y, outer, length, stride, offset);
                offset += length;
            }
        }
    }

    private static Dim Common(Dim a, Dim b, IReadOnlyList<TensorType> types)
    {
        if (a.Equals(b))
        {
            return a;
        }

        var text = $"{string.Join(" and ", types)} can be concatenated only if {a} equals {b}";
        return a.IsConstant && b.IsConstant ? throw new OperatorException(text) : a.IsConstant ? a : b;
    }

    private static Dim[]? Elements(InferContext context)
    {
        var elements = Enumerable.Range(0, context.InputCount).Select(context.Elements).ToArray();
        return elements.Any(part => part is null) || context.Type(0).Rank != 1 || elements.Sum(part => part!.Count) > LongestElements
            ? null
            : [.. elements.SelectMany(part => part!)];
    }
}
