using System.Collections.Generic;
using ModelBuild.Compiler.IR;

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

    /// <summary>The value as another type; the same value where it is of that type.</summary>
    public static Value As(this FunctionContext context, Value value, Plan.ElementType type) =>
        value.Type.Element == type ? value : context.Add("Cast", Attributes.Of(("to", (long)type)), value);
}
