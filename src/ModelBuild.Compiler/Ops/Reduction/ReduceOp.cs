using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// An operator that makes one value of all values along some axes: those of the attribute, or from a certain version on of the second input. Without axes it reduces
/// all of them, or with noop_with_empty_axes=1 none. keepdims=1 leaves axes of size 1.
/// </summary>
internal abstract class ReduceOp : Op
{
    public override IReadOnlyList<int> Versions => [1, 11, 13, 18];

    /// <summary>The version from which on the axes are an input.</summary>
    protected virtual int AxesAreInputFrom => 18;

    /// <summary>Axes that a run computes are moved to the end. Types without an operation of their own are reduced as <see cref="Define"/> says.</summary>
    public override bool TryExpand(FunctionContext context)
    {
        var element = context.Type(0).Element;
        if (element != ElementType.Float && !element.IsHalf() && OperationOn(element) is null && Define(context, context.Require(0)) is { } defined)
        {
            context.Output(0, defined);
            return true;
        }

        if (context.Version < AxesAreInputFrom || context.Input(1) is not { IsConstant: false } axes)
        {
            return false;
        }

        var (x, rank) = (context.Require(0), context.Type(0).Rank);
        if (axes.Type is not { Rank: 1, IsStatic: true })
        {
            context.Output(0, AlongSome(context, x, axes));
            return true;
        }

        if (axes.Type.Length.Constant == 0)
        {
            context.Output(0, context.Add(Name, context.Attributes, x));
            return true;
        }

        var (moved, _) = DynamicAxes.ToEnd(context, x, axes);
        long[] last = [.. Enumerable.Range(rank - (int)axes.Type.Length.Constant, (int)axes.Type.Length.Constant).Select(axis => (long)axis)];
        var reduced = context.Add(Name, Attributes.Of(("keepdims", 0)), moved, context.Constant(last));
        context.Output(0, DynamicAxes.View(context, reduced, x, axes, context.Attributes.Flag("keepdims", true) ? "keep" : "remove"));
        return true;
    }

    // Not even the number of axes is known: those that are left are the rows of a matrix.
    private Value AlongSome(FunctionContext context, Value x, Value axes)
    {
        var keeps = context.Attributes.Flag("keepdims", true);
        var rank = keeps ? x.Type.Rank : context.Attributes.Int(DeclaredRank.Attribute, -1);
        if (rank < 0 || axes.Type.Rank != 1)
        {
            throw new OperatorException($"input 1 (\"{axes.Name}\", {axes.Type}) has no fixed number of axes", "Declare the shape of the result; sizes may be symbols.", Diagnostics.OperatorDiagnostics.DataDependent);
        }

        var takesAll = !context.Attributes.Flag("noop_with_empty_axes");
        var sizes = context.ShapeOf(x);
        var plan = context.AddAll($"{OwnDomain}.{nameof(ReductionPlan)}", 4, Attributes.Of(("rank", rank), ("keepdims", keeps ? 1 : 0), ("takes_all", takesAll ? 1 : 0)), sizes, axes);
        var moved = context.Add($"{OwnDomain}.{nameof(TransposeByOrder)}", x, sizes, plan[0], plan[1]);
        var matrix = context.Add($"{OwnDomain}.{nameof(ViewAs)}", moved, plan[2]);
        var reduced = context.Add(Name, Attributes.Of(("keepdims", 0)), matrix, context.Constant(1L));
        return context.Add($"{OwnDomain}.{nameof(ViewAs)}", reduced, plan[3]);
    }

    public override void Infer(InferContext context)
    {
        var x = context.Type(0);
        var given = context.Version < AxesAreInputFrom ? context.Attributes.Ints("axes") : context.Input(1) is null ? null : context.RequireConstant(1).ToInt64();
        var axes = Reduced(given, context.Attributes, x.Rank);
        var keeps = context.Attributes.Flag("keepdims", true);
        context.Output(x.Element, [.. x.Shape.Select((size, axis) => axes.Contains(axis) ? Dim.One : size).Where((_, axis) => keeps || !axes.Contains(axis))]);
    }

    public override void Lower(LowerContext context)
    {
        var (x, node) = (context.Input(0), context.Node);
        var given = node.Version < AxesAreInputFrom ? context.Attributes.Ints("axes") : node.Input(1)?.Constant!.ToInt64();
        var axes = Reduced(given, context.Attributes, x.Type.Rank);
        if (x.Type.Element != ElementType.Float && !x.Type.Element.IsHalf())
        {
            Emit(context, ReduceAxes.Gather(context, x, axes), context.Output);
            return;
        }

        FloatArithmetic.Lower(context, [x], context.Output, (wide, y) =>
        {
            var (from, outer, axis, inner) = ReduceAxes.Gather(context, wide[0], axes);
            EmitFloat(context, from, y, outer, axis, inner);
        });
    }

    /// <summary>The reduction of floats in the kernel library.</summary>
    protected abstract object FloatReduction { get; }

    /// <summary>Emits the reduction of floats.</summary>
    protected virtual void EmitFloat(LowerContext context, Value x, Value y, Dim outer, Dim axis, Dim inner) =>
        context.Call(typeof(ReduceF32), nameof(ReduceF32.Run), x, y, outer, axis, inner, FloatReduction);

    /// <summary>For other types: the operation, and what it starts with. Null where there is none for the type.</summary>
    protected virtual (System.Type Operation, Scalar Start)? OperationOn(ElementType element) => null;

    /// <summary>The definition by other operators, for types that are not floats of 16 or 32 bits; null where there is an operation for the type.</summary>
    protected virtual Value? Define(FunctionContext context, Value x) => null;

    /// <summary>A reduction of another kind along the axes of this one.</summary>
    protected Value Along(FunctionContext context, string op, Value x, bool? keeps = null)
    {
        var attributes = Attributes.Of(
            ("keepdims", (keeps ?? context.Attributes.Flag("keepdims", true)) ? 1 : 0), ("noop_with_empty_axes", context.Attributes.Flag("noop_with_empty_axes") ? 1 : 0));
        var axes = context.Version < AxesAreInputFrom ? context.Attributes.Ints("axes") is { } given ? context.Constant(given) : null : context.Input(1);
        return context.Add(op, attributes, x, axes);
    }

    private static int[] Reduced(long[]? axes, Attributes attributes, int rank)
    {
        if (axes is { Length: > 0 })
        {
            return InferContext.Axes(axes, rank);
        }

        return attributes.Flag("noop_with_empty_axes") ? [] : [.. Enumerable.Range(0, rank)];
    }

    private void Emit(LowerContext context, (Value X, Dim Outer, Dim Axis, Dim Inner) source, Value y)
    {
        var element = y.Type.Element;
        var (operation, start) = OperationOn(element) ?? throw ElementKinds.Unsupported(Name, element);
        context.Call(
            typeof(Reduce), nameof(Reduce.Run), source.X, y, source.Outer, source.Axis, source.Inner, start, new BinaryOperations(null, operation).On(element)!);
    }
}
