using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>Emits the call of an element-wise kernel of two operands: the plain one, the one with a literal operand, or the one that broadcasts.</summary>
internal static class BinaryCalls
{
    /// <param name="context">The node.</param>
    /// <param name="a">First operand.</param>
    /// <param name="aShape">Its shape, which may have been given more axes than its type has.</param>
    /// <param name="b">Second operand.</param>
    /// <param name="bShape">Its shape.</param>
    /// <param name="y">The result; may be the same value as an operand of its shape.</param>
    /// <param name="operations">What to compute.</param>
    public static void Emit(
        LowerContext context, Value a, IReadOnlyList<Dim> aShape, Value b, IReadOnlyList<Dim> bShape, Value y, BinaryOperations operations)
    {
        if (operations.Float is { } onFloats && a.Type.Element == ElementType.Float)
        {
            Emit(context, onFloats, isFloat: true, a, aShape, b, bShape, y);
        }
        else if (operations.On(a.Type.Element) is { } onOthers)
        {
            Emit(context, onOthers, isFloat: false, a, aShape, b, bShape, y);
        }
        else
        {
            FloatArithmetic.Lower(context, [a, b], y, (wide, result) =>
                Emit(context, operations.Float ?? operations.On(ElementType.Float)!, operations.Float is not null, wide[0], aShape, wide[1], bShape, result));
        }
    }

    private static void Emit(
        LowerContext context, object operation, bool isFloat, Value a, IReadOnlyList<Dim> aShape, Value b, IReadOnlyList<Dim> bShape, Value y)
    {
        var kernel = isFloat ? typeof(BinaryF32) : typeof(Binary);
        var (aIsWhole, bIsWhole) = (IsWhole(aShape, y), IsWhole(bShape, y));
        if (aIsWhole && bIsWhole)
        {
            context.Call(kernel, nameof(BinaryF32.Run), a, b, y, operation);
        }
        else if (isFloat && aIsWhole && b.Constant is { Length: 1 } right)
        {
            context.Call(kernel, nameof(BinaryF32.RunScalarRight), a, y, right.As<float>()[0], operation);
        }
        else if (isFloat && bIsWhole && a.Constant is { Length: 1 } left)
        {
            context.Call(kernel, nameof(BinaryF32.RunScalarLeft), b, y, left.As<float>()[0], operation);
        }
        else
        {
            Broadcast.Check(context, y.Type.Shape, aShape, bShape);
            var layout = new BroadcastLayout(y.Type.Shape, aShape, bShape);
            context.Call(kernel, nameof(BinaryF32.RunBroadcast), a, b, y, layout.ToStruct<BroadcastShape>(), operation);
        }
    }

    private static bool IsWhole(IReadOnlyList<Dim> shape, Value y) =>
        shape.Where(dim => !Broadcast.IsOne(dim)).SequenceEqual(y.Type.Shape.Where(dim => !Broadcast.IsOne(dim)));
}
