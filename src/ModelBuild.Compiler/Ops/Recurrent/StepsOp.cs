using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// One direction of a recurrent layer, from the products of the inputs with the weights on. Inputs: products [steps, batch, gates * hidden]; recurrent weights
/// [gates * hidden, hidden]. Outputs: all states [steps, batch, hidden]; the last of each kind of state [batch, hidden].
/// </summary>
internal abstract class StepsOp : Op
{
    public override string Domain => OwnDomain;

    /// <summary>How many gates there are.</summary>
    protected abstract int Gates { get; }

    /// <summary>How many states there are.</summary>
    protected virtual int States => 1;

    public override void Infer(InferContext context)
    {
        var (inputs, recurrence) = (context.Type(0), context.Type(1));
        if (inputs.Rank != 3 || recurrence.Rank != 2 || !context.HasSize(1, 0, recurrence[1] * Gates) || !context.HasSize(0, 2, recurrence[0]))
        {
            throw new OperatorException($"inputs {inputs} and recurrent weights {recurrence} do not fit {Gates} gates");
        }

        context.Output(inputs.Element, inputs[0], inputs[1], recurrence[1]);
        for (var state = 1; state <= States; state++)
        {
            context.Output(state, TensorType.Of(inputs.Element, inputs[1], recurrence[1]));
        }
    }

    /// <summary>Whether the layer is one of 64-bit floats, which has a kernel of its own.</summary>
    protected static bool IsDouble(LowerContext context) => context.Input(0).Type.Element == ElementType.Double;

    /// <summary>Memory for rows of hidden values of 64-bit floats.</summary>
    protected static Value Rows(LowerContext context, int count) => context.Temporary(ElementType.Double, Hidden(context) * count, "scratch");

    protected static StructLiteral Shape(LowerContext context)
    {
        var inputs = context.Input(0).Type;
        return StructLiteral.Of<RecurrentShape>(inputs[0], inputs[1], Hidden(context), context.Attributes.Flag("reverse"), context.Attributes.Get("clip", float.PositiveInfinity));
    }

    /// <summary>Function <paramref name="index"/> of the direction.</summary>
    protected static StructLiteral Function(LowerContext context, int index) => StructLiteral.Of<RecurrentActivation>(
        context.Attributes.Require<long[]>("functions")[index], context.Attributes.Require<float[]>("alphas")[index], context.Attributes.Require<float[]>("betas")[index]);

    /// <summary>An input, or nothing where it is absent.</summary>
    protected static Value OrNone(LowerContext context, int input, ElementType? type = null) => context.Node.Input(input) ?? Value.Of("none", new Tensor(type ?? context.Input(0).Type.Element, [0], default));

    /// <summary>The output, or memory in its place where nobody wants it.</summary>
    protected static Value Result(LowerContext context, int output) => context.Node.Outputs.ElementAtOrDefault(output) ?? Value.Of(
        $"{context.Node.Outputs.OfType<Value>().First().Name}_state{output}",
        TensorType.Of(context.Input(0).Type.Element, output == 0 ? [context.Input(0).Type[0], context.Input(0).Type[1], Hidden(context)] : [context.Input(0).Type[1], Hidden(context)]));

    /// <summary>The recurrent weights as the kernels read them: packed now where they are constant.</summary>
    protected Value Recurrence(LowerContext context)
    {
        var weights = context.Input(1);
        var hidden = Hidden(context);
        var length = hidden * Padded(context) * Gates;
        context.Note = $"{Gates} gates of {hidden}, {hidden * hidden * Gates:N0} multiply-adds a step";
        if (weights.Constant is { } constant)
        {
            var packed = new float[length.Constant];
            RecurrentPack.Run(constant.As<float>(), packed, (int)hidden.Constant, Gates);
            return context.Constant(Tensor.Of<float>(packed, packed.Length), "recurrence", $"panels of [{hidden},{hidden * Gates}]");
        }

        var result = context.Temporary(ElementType.Float, length, "recurrence");
        context.Call(typeof(RecurrentPack), nameof(RecurrentPack.Run), weights, result, hidden, Gates);
        return result;
    }

    /// <summary>Memory for rows of one gate: <paramref name="common"/> rows, and <paramref name="each"/> for each sequence.</summary>
    protected static Value Scratch(LowerContext context, int common, int each) =>
        context.Temporary(ElementType.Float, ((context.Input(0).Type[1] * each) + common) * Padded(context), "scratch");

    private static Dim Hidden(LowerContext context) => context.Input(1).Type[1];

    private static Dim Padded(LowerContext context) => Dim.FloorDiv(Hidden(context) + (PanelsF32.NarrowWidth - 1), PanelsF32.NarrowWidth) * PanelsF32.NarrowWidth;
}
