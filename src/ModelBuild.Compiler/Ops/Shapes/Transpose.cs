using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Output axis i is input axis perm[i]; without perm the axes are reversed. https://onnx.ai/onnx/operators/onnx__Transpose.html
/// Versions: 1, 13, 21, 23, 24, 25 (more types).
/// </summary>
internal sealed class Transpose : Op
{
    public override IReadOnlyList<int> Versions => [1, 13, 21, 23, 24, 25];

    public override void Infer(InferContext context)
    {
        var x = context.Type(0);
        var permutation = Permutation(context.Attributes, x.Rank);
        if (!permutation.Order().SequenceEqual(Enumerable.Range(0, x.Rank)))
        {
            throw new OperatorException($"perm [{string.Join(",", permutation)}] is not an order of the axes of {x}");
        }

        context.Output(x.Element, [.. permutation.Select(axis => x[axis])]);
    }

    public override void Lower(LowerContext context) =>
        Emit(context, context.Input(0), context.Input(0).Type.Shape, Permutation(context.Attributes, context.Input(0).Type.Rank), context.Output);

    /// <summary>Emits the transposition of a value, seen as one of <paramref name="shape"/>.</summary>
    public static void Emit(LowerContext context, Value x, IReadOnlyList<Dim> shape, IReadOnlyList<int> permutation, Value y)
    {
        var (lengths, order) = Merged(shape, permutation);
        if (order.Count <= 1)
        {
            context.Alias(y, x); // Only axes of size 1 change places.
            return;
        }

        if (order.Count > Axes.Limit)
        {
            throw OperatorException.Unsupported($"a transposition of more than {Axes.Limit} separate axes is not supported");
        }

        List<Scalar> fields = [order.Count, .. KernelAxes.Padded(lengths), .. KernelAxes.Padded(order.Select(axis => (Dim)axis))];
        context.Call(typeof(Kernels.Transpose), nameof(Kernels.Transpose.Run), x, y, StructLiteral.Of<TransposeShape>(fields));
    }

    private static int[] Permutation(Attributes attributes, int rank) =>
        attributes.Ints("perm") is { } perm ? [.. perm.Select(axis => (int)axis)] : [.. Enumerable.Range(0, rank).Reverse()];

    // Axes of size 1 disappear, and input axes that stay neighbours become one.
    private static (IReadOnlyList<Dim> Lengths, IReadOnlyList<int> Order) Merged(IReadOnlyList<Dim> shape, IReadOnlyList<int> permutation)
    {
        var kept = Enumerable.Range(0, shape.Count).Where(axis => !Broadcast.IsOne(shape[axis])).ToList();
        var places = permutation.Where(kept.Contains).Select(axis => kept.IndexOf(axis)).ToArray();
        var groups = new List<(int First, Dim Length)>();
        for (var i = 0; i < places.Length; i++)
        {
            var length = shape[kept[places[i]]];
            if (i > 0 && places[i] == places[i - 1] + 1)
            {
                groups[^1] = (groups[^1].First, groups[^1].Length * length);
            }
            else
            {
                groups.Add((places[i], length));
            }
        }

        var inInput = groups.OrderBy(group => group.First).ToList();
        return ([.. inInput.Select(group => group.Length)], [.. groups.Select(group => inInput.IndexOf(group))]);
    }
}
