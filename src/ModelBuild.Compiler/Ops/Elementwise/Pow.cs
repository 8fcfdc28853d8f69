using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = a^b, of a's type. https://onnx.ai/onnx/operators/onnx__Pow.html
/// Versions: 1 (broadcasting by attribute), 7 (numpy broadcasting), 12 (integers; exponents of another type), 13 (bfloat16), 15 (more types).
/// The exponents 2, 3 and -1 are products and the reciprocal. Integers to the power of floats are 64-bit floats, rounded towards zero.
/// </summary>
internal sealed class Pow : Op
{
    public override IReadOnlyList<int> Versions => [1, 7, 12, 13, 15];

    public override void Infer(InferContext context)
    {
        context.Output(0, context.Type(0).With(Broadcast.Shape(context.Type(0).Shape, BinaryOp.SecondShape(context.Version, context.Attributes, context.Type(0), context.Type(1)))));
    }

    public override void Lower(LowerContext context)
    {
        var (a, b, y) = (context.Input(0), context.Input(1), context.Output);
        if (a.Type.Element.IsInteger() && b.Type.Element.IsInteger())
        {
            var exponent = Converted(context, b, a.Type.Element);
            BinaryCalls.Emit(
                context, a, a.Type.Shape, exponent, BinaryOp.SecondShape(context.Node.Version, context.Attributes, a.Type, b.Type), y, new BinaryOperations(null, typeof(PowInteger<>)));
            return;
        }

        var shape = BinaryOp.SecondShape(context.Node.Version, context.Attributes, a.Type, b.Type);
        if (a.Type.Element == ElementType.Double || a.Type.Element.IsInteger())
        {
            var (wideA, wideB) = (Converted(context, a, ElementType.Double), Converted(context, b, ElementType.Double));
            var result = a.Type.Element == ElementType.Double ? y : Value.Of($"{y.Name}_f64", y.Type.With(ElementType.Double));
            BinaryCalls.Emit(context, wideA, a.Type.Shape, wideB, shape, result, new BinaryOperations(null, typeof(PowF64)));
            if (result != y)
            {
                Cast.Emit(context, result, y);
            }

            return;
        }

        FloatArithmetic.Lower(context, [a], y, (wide, result) => EmitFloat(context, wide[0], b, shape, result));
    }

    private static void EmitFloat(LowerContext context, Value a, Value b, IReadOnlyList<Dim> shape, Value y)
    {
        var keepsShape = a.Type.Length.Equals(y.Type.Length);
        switch (keepsShape ? Exponent(b.Constant) : null)
        {
            case 2:
                context.Call(typeof(UnaryF32), nameof(UnaryF32.Run), a, y, default(SquareF32));
                break;
            case 3:
                var square = context.Temporary(ElementType.Float, a.Type.Length, "square");
                context.Call(typeof(UnaryF32), nameof(UnaryF32.Run), a, square, default(SquareF32));
                context.Call(typeof(BinaryF32), nameof(BinaryF32.Run), square, a, y, default(MulF32));
                break;
            case -1:
                context.Call(typeof(UnaryF32), nameof(UnaryF32.Run), a, y, default(ReciprocalF32));
                break;
            default:
                BinaryCalls.Emit(context, a, a.Type.Shape, Converted(context, b, ElementType.Float), shape, y, new BinaryOperations(default(PowF32), null));
                break;
        }
    }

    private static float? Exponent(Tensor? b) => b switch
    {
        { Length: 1, Type: ElementType.Float } => b.As<float>()[0],
        { Length: 1, Type: ElementType.Int64 or ElementType.Int32 } => b.ToInt64()[0],
        _ => null,
    };

    private static Value Converted(LowerContext context, Value value, ElementType type)
    {
        if (value.Type.Element == type)
        {
            return value;
        }

        var converted = Value.Of($"{context.Output.Name}_{value.Name}_{type.ShortName()}", value.Type.With(type));
        Cast.Emit(context, value, converted);
        return converted;
    }
}
