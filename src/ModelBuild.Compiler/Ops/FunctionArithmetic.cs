using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>What definitions by other operators are written with.</summary>
internal static class FunctionArithmetic
{
    /// <summary>A number of the type that <paramref name="like"/> has.</summary>
    public static Value Number(this FunctionContext context, double number, Value like) => context.Scalar(number, like.Type.Element);

    /// <summary>a + b, and so on: any operator of two operands, the second one a number of the first one's type.</summary>
    public static Value Add(this FunctionContext context, string op, Value a, double b) => context.Add(op, a, context.Number(b, a));

    /// <summary>A reduction along some axes, which stay with the size 1.</summary>
    public static Value Reduce(this FunctionContext context, string op, Value x, IReadOnlyList<long> axes) =>
        axes.Count == 0 ? x : context.Add(op, x, context.Constant(axes));

    /// <summary>A vector with axes of size 1 behind its own, so that it is broadcast along axis 1 of a value of that rank.</summary>
    public static Value AlongChannels(this FunctionContext context, Value vector, int rank)
    {
        var axes = new long[rank - 2];
        for (var i = 0; i < axes.Length; i++)
        {
            axes[i] = i + 1;
        }

        return axes.Length == 0 ? vector : context.Add("Unsqueeze", vector, context.Constant(axes));
    }

    /// <summary>
    /// Puts the same node on 32-bit floats in the place of one on 16-bit floats, between conversions, for operators without a kernel for those. Outputs that are of the
    /// inputs' type stay so.
    /// </summary>
    /// <param name="context">The node.</param>
    /// <param name="op">Its operator.</param>
    /// <param name="both">Whether there is none for float16, either; else it is bfloat16 alone that is widened.</param>
    /// <returns>Whether that has been done.</returns>
    public static bool TryWiden(this FunctionContext context, Op op, bool both = false)
    {
        bool IsWidened(ElementType type) => type == ElementType.BFloat16 || (both && type == ElementType.Float16);
        if (!IsWidened(context.Type(0).Element))
        {
            return false;
        }

        var inputs = new Value?[context.InputCount];
        for (var i = 0; i < inputs.Length; i++)
        {
            inputs[i] = context.Input(i) is { } input && IsWidened(input.Type.Element) ? context.As(input, ElementType.Float) : context.Input(i);
        }

        foreach (var (index, output) in context.Again(op, inputs).Index())
        {
            if (output is not null)
            {
                context.Output(index, output.Type.Element == ElementType.Float ? context.As(output, context.Type(0).Element) : output);
            }
        }

        return true;
    }

    /// <summary>The value as another type; the same value where it is of that type.</summary>
    public static Value As(this FunctionContext context, Value value, ElementType type) =>
        value.Type.Element == type ? value : context.Add("Cast", Attributes.Of(("to", (long)type)), value);
}
