using System;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Computes on 16-bit floats with kernels for 32-bit ones: operands are widened, which is exact, and only the result is rounded. That is more accurate than ONNX
/// asks for.
/// </summary>
internal static class FloatArithmetic
{
    /// <summary>Emits calls by <paramref name="emit"/>, which gets the operands and the output as 32-bit floats.</summary>
    /// <exception cref="OperatorException">An operand is not a 16-bit or 32-bit float.</exception>
    public static void Lower(LowerContext context, Value[] inputs, Value output, Action<Value[], Value> emit)
    {
        Value[] wide = [.. inputs.Select(input => Widened(context, input))];
        if (!output.Type.Element.IsHalf())
        {
            emit(wide, output);
            return;
        }

        var result = Value.Of($"{output.Name}_f32", output.Type.With(ElementType.Float));
        emit(wide, result);
        Cast.Emit(context, result, output);
    }

    /// <summary>The value as 32-bit floats; the same value where it is that already.</summary>
    public static Value Widened(LowerContext context, Value input)
    {
        switch (input.Type.Element)
        {
            case ElementType.Float:
                return input;
            case ElementType.Float16 or ElementType.BFloat16 when input.Constant is { } constant:
                return context.Constant(TensorNumbers.ToSingles(constant), $"{input.Name}_f32", "widened to 32 bits");
            case ElementType.Float16 or ElementType.BFloat16:
                var wide = Value.Of($"{context.Output.Name}_{input.Name}_f32", input.Type.With(ElementType.Float));
                Cast.Emit(context, input, wide);
                return wide;
            default:
                throw ElementKinds.Unsupported(context.Node.Op.Name, input.Type.Element);
        }
    }
}
