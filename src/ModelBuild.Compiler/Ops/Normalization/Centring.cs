using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>The statistics of each row of a matrix of floats, by which normalizations divide.</summary>
internal static class Centring
{
    /// <summary>
    /// Emits <c>centred = x - mean</c> and <c>inverse = 1 / sqrt(variance + epsilon)</c>, the variance being the mean square of centred. <paramref name="squares"/> is
    /// memory for as many values as x, and may be the same as <paramref name="centred"/>, which is lost then.
    /// </summary>
    public static void Emit(LowerContext context, Value x, Value mean, Value centred, Value squares, Value inverse, Dim rows, Dim length, float epsilon)
    {
        IReadOnlyList<Dim> matrix = [rows, length];
        context.Call(typeof(ReduceF32), nameof(ReduceF32.Run), x, mean, rows, length, Dim.One, default(ReduceMeanF32));
        EmitBroadcast(context, x, mean, centred, matrix, [rows, Dim.One], default(SubF32));
        context.Call(typeof(UnaryF32), nameof(UnaryF32.Run), centred, squares, default(SquareF32));
        EmitInverseRoot(context, squares, inverse, rows, length, epsilon);
    }

    /// <summary>Emits <c>inverse = 1 / sqrt(mean + epsilon)</c>, the mean being that of each row of <paramref name="squares"/>.</summary>
    public static void EmitInverseRoot(LowerContext context, Value squares, Value inverse, Dim rows, Dim length, float epsilon)
    {
        context.Call(typeof(ReduceF32), nameof(ReduceF32.Run), squares, inverse, rows, length, Dim.One, default(ReduceMeanF32));
        context.Call(typeof(BinaryF32), nameof(BinaryF32.RunScalarRight), inverse, inverse, epsilon, default(AddF32));
        context.Call(typeof(UnaryF32), nameof(UnaryF32.Run), inverse, inverse, default(SqrtF32));
        context.Call(typeof(UnaryF32), nameof(UnaryF32.Run), inverse, inverse, default(ReciprocalF32));
    }

    /// <summary>Emits <c>y = operation(a, b)</c>, where a and y have the shape <paramref name="whole"/> and b is broadcast to it.</summary>
    public static void EmitBroadcast(LowerContext context, Value a, Value b, Value y, IReadOnlyList<Dim> whole, IReadOnlyList<Dim> shape, object operation) =>
        context.Call(typeof(BinaryF32), nameof(BinaryF32.RunBroadcast), a, b, y, new BroadcastLayout(whole, whole, shape).ToStruct<BroadcastShape>(), operation);

    /// <summary>The same by other operators, for 64-bit floats: x - mean, and 1 / sqrt(variance + epsilon), over the given axes.</summary>
    public static (Value Mean, Value Centred, Value Inverse) Define(FunctionContext context, Value x, IReadOnlyList<long> axes)
    {
        var mean = context.Reduce("ReduceMean", x, axes);
        var centred = context.Add("Sub", x, mean);
        return (mean, centred, DefineInverseRoot(context, centred, axes));
    }

    /// <summary>1 / sqrt(mean of x^2 + epsilon), over the given axes.</summary>
    public static Value DefineInverseRoot(FunctionContext context, Value x, IReadOnlyList<long> axes)
    {
        var mean = context.Reduce("ReduceMean", context.Add("Mul", x, x), axes);
        return context.Add("Reciprocal", context.Add("Sqrt", context.Add("Add", mean, context.Attributes.Get("epsilon", 1e-5f))));
    }

    /// <summary>Axes from the first to the last but one.</summary>
    public static long[] Axes(int first, int end) => [.. Enumerable.Range(first, end - first).Select(axis => (long)axis)];
}
