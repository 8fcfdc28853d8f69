using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Adds elements before and after each axis, or removes them where a pad is negative: a constant, or the input's own by mode (edge, reflect, wrap).
/// https://onnx.ai/onnx/operators/onnx__Pad.html
/// Versions: 1 (attribute paddings), 2 (attributes pads and value), 11 (inputs), 13, 18 (axes), 19 (wrap), 21, 23, 24, 25 (more types).
/// </summary>
internal sealed class Pad : Op
{
    public override IReadOnlyList<int> Versions => [1, 2, 11, 13, 18, 19, 21, 23, 24, 25];

    /// <summary>Pads of axes that a run computes become pads of all axes.</summary>
    public override bool TryExpand(FunctionContext context)
    {
        if (context.Input(3) is not { IsConstant: false } axes)
        {
            return false;
        }

        long rank = context.Type(0).Rank;
        var before = context.Add("Mod", context.As(axes, ElementType.Int64), rank);
        var places = context.Add("Concat", Attributes.Of(("axis", 0)), before, context.Add("Add", before, rank));
        var pads = context.Add("ScatterElements", context.Constant([.. Enumerable.Repeat(0L, 2 * (int)rank)]), places, context.Require(1));
        context.Output(0, context.Add(Name, context.Attributes, context.Require(0), pads, context.Input(2)));
        return true;
    }

    public override void Infer(InferContext context)
    {
        var x = context.Type(0);
        var pads = context.Version < 11 ? [.. OldPads(context.Version, context.Attributes).Select(pad => (Dim)pad)] : context.RequireElements(1);
        var axes = context.Input(3) is null ? null : context.RequireConstant(3);
        var (before, after) = Complete(pads, axes, x.Rank);
        context.Output(x.Element, [.. x.Shape.Select((size, axis) => Padded(x, axis, before[axis] + after[axis]))]);
    }

    public override void Lower(LowerContext context)
    {
        var (x, node) = (context.Input(0), context.Node);
        var pads = node.Version < 11 ? [.. OldPads(node.Version, context.Attributes).Select(pad => (Dim)pad)] : context.Input(1).Elements!;
        var (before, after) = Complete(pads, node.Input(3)?.Constant, x.Type.Rank);
        if (before.Concat(after).All(pad => pad.Equals(Dim.Zero)))
        {
            context.Alias(context.Output, x);
            return;
        }

        var shape = Geometry(x.Type.Shape, before, after);
        var mode = context.Attributes.Get("mode", "constant");
        if (mode == "constant")
        {
            if (node.Input(2) is { IsConstant: false } given)
            {
                context.Call(typeof(PadConstant), nameof(PadConstant.RunWith), x, given, context.Output, shape);
                return;
            }

            var value = node.Version < 11
                ? TensorNumbers.Scalar(context.Attributes.Get("value", 0f), x.Type.Element)
                : node.Input(2)?.Constant ?? new Tensor(x.Type.Element, [], new byte[x.Type.Element.SizeInBytes()]);
            if (ConstantScalar.IsLiteral(x.Type.Element))
            {
                context.Call(typeof(PadConstant), nameof(PadConstant.Run), x, context.Output, ConstantScalar.At(value, 0), shape);
            }
            else
            {
                context.Call(typeof(PadConstant), nameof(PadConstant.RunWith), x, context.Constant(value, "value", string.Empty), context.Output, shape);
            }

            return;
        }

        object kind = mode switch
        {
            "edge" => default(EdgePad),
            "reflect" => default(ReflectPad),
            "wrap" => default(WrapPad),
            _ => throw new OperatorException($"mode=\"{mode}\" is not one of constant, edge, reflect, wrap"),
        };
        context.Call(typeof(Kernels.Pad), nameof(Kernels.Pad.Run), x, context.Output, shape, kind);
    }

    private static long[] OldPads(int version, Attributes attributes) => attributes.Require<long[]>(version < 2 ? "paddings" : "pads");

    private static Dim Padded(TensorType x, int axis, Dim pads)
    {
        var size = x[axis] + pads;
        return size.IsConstant && size.Constant < 0 ? throw new OperatorException($"the pads take more from axis {axis} than {x} has") : size;
    }

    // The pads of all axes: first what comes before each, then what comes after.
    private static (Dim[] Before, Dim[] After) Complete(IReadOnlyList<Dim> pads, Tensor? axes, int rank)
    {
        var chosen = axes is null ? [.. Enumerable.Range(0, rank)] : axes.ToInt64().Select(axis => InferContext.Axis(axis, rank)).ToArray();
        if (pads.Count != 2 * chosen.Length)
        {
            throw new OperatorException($"{pads.Count} pads are given for {chosen.Length} axes");
        }

        var before = Enumerable.Repeat(Dim.Zero, rank).ToArray();
        var after = Enumerable.Repeat(Dim.Zero, rank).ToArray();
        foreach (var (i, axis) in chosen.Index())
        {
            before[axis] = pads[i];
            after[axis] = pads[i + chosen.Length];
        }

        return (before, after);
    }

    // Neighbouring axes without pads are one.
    private static StructLiteral Geometry(IReadOnlyList<Dim> shape, Dim[] before, Dim[] after)
    {
        var axes = new List<(Dim Length, Dim Before, Dim After)>();
        for (var axis = 0; axis < shape.Count; axis++)
        {
            var isPadded = !before[axis].Equals(Dim.Zero) || !after[axis].Equals(Dim.Zero);
            if (!isPadded && axes.Count > 0 && axes[^1].Before.Equals(Dim.Zero) && axes[^1].After.Equals(Dim.Zero))
            {
                axes[^1] = (axes[^1].Length * shape[axis], Dim.Zero, Dim.Zero);
            }
            else
            {
                axes.Add((shape[axis], before[axis], after[axis]));
            }
        }

        if (axes.Count > Axes.Limit)
        {
            throw OperatorException.Unsupported($"padding more than {Axes.Limit} separate axes is not supported");
        }

        List<Scalar> fields =
        [
            axes.Count,
            .. KernelAxes.Padded(axes.Select(axis => axis.Length)),
            .. KernelAxes.Padded(axes.Select(axis => axis.Before)),
            .. KernelAxes.Padded(axes.Select(axis => axis.After)),
        ];
        return StructLiteral.Of<PadShape>(fields);
    }
}
