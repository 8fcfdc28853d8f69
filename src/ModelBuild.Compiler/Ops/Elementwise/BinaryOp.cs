using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// An operator that computes each element of its output from one element of each of two operands of the same type, which are broadcast against each other. Before
/// operator set 7 only the second one is, and only where the attribute broadcast says so.
/// </summary>
internal abstract class BinaryOp : Op
{
    private const int LongestElements = 64;

    public override void Infer(InferContext context)
    {
        var (a, b) = (context.Type(0), context.Type(1));
        if (a.Element != b.Element)
        {
            throw new OperatorException($"{Name} takes two operands of one type, not {a} and {b}");
        }

        var shape = Broadcast.Shape(a.Shape, SecondShape(context.Version, context.Attributes, a, b));
        context.Output(0, new TensorType(ResultOf(a.Element), shape), Elements(context, shape));
    }

    public override void Lower(LowerContext context)
    {
        var (a, b) = (context.Input(0), context.Input(1));
        var operations = OperationsOn(a.Type.Element, context.Attributes);
        if (operations == default)
        {
            throw ElementKinds.Unsupported(Name, a.Type.Element);
        }

        BinaryCalls.Emit(context, a, a.Type.Shape, b, SecondShape(context.Node.Version, context.Attributes, a.Type, b.Type), context.Output, operations);
    }

    /// <summary>What to compute on an element type; <c>default</c> where there is no kernel for it.</summary>
    protected abstract BinaryOperations OperationsOn(ElementType element, Attributes attributes);

    /// <summary>The element type of the result.</summary>
    protected virtual ElementType ResultOf(ElementType element) => element;

    /// <summary>The result for two sizes, a truth value being 0 or 1; null where it is not known before run time.</summary>
    protected virtual Dim? Combine(Dim a, Dim b) => null;

    /// <summary>The second operand's shape, with 1 for axes that the old attributes let it have.</summary>
    internal static IReadOnlyList<Dim> SecondShape(int version, Attributes attributes, TensorType a, TensorType b)
    {
        if (version >= 7 || !attributes.Flag("broadcast") || !attributes.Has("axis"))
        {
            return b.Shape;
        }

        var axis = InferContext.Axis(attributes.Int("axis", 0), a.Rank);
        return axis + b.Rank <= a.Rank
            ? [.. b.Shape, .. Enumerable.Repeat(Dim.One, a.Rank - axis - b.Rank)]
            : throw new OperatorException($"{b} does not fit into {a} from axis {axis} on");
    }

    private Dim[]? Elements(InferContext context, IReadOnlyList<Dim> shape)
    {
        if (shape.Count > 1 || context.Elements(0) is not { } a || context.Elements(1) is not { } b || a.Count == 0 || b.Count == 0)
        {
            return null;
        }

        var count = a.Count == 1 ? b.Count : a.Count;
        Dim?[] result = count > LongestElements ? [null] : [.. Enumerable.Range(0, count).Select(i => Combine(a[a.Count == 1 ? 0 : i], b[b.Count == 1 ? 0 : i]))];
        return result.Contains(null) ? null : [.. result.OfType<Dim>()];
    }
}
