using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>Quantization of every form that ONNX has: any types, scales that are computed, along an axis or in blocks. In 32-bit floats, step by step.</summary>
internal static class GeneralScaling
{
    /// <summary>Checks the scale and the zero point against what they scale: one for all, one for each element of an axis, or one for each block along an axis.</summary>
    /// <exception cref="OperatorException">They do not fit.</exception>
    public static void Check(InferContext context)
    {
        var (x, scale) = (context.Type(0), context.Type(1));
        var block = context.Attributes.Get("block_size", 0L);
        if (block < 0)
        {
            throw new OperatorException($"block_size is {block}");
        }

        if (context.Input(2) is { } zero && !(IsSingle(zero.Type) && IsSingle(scale)) && (zero.Type.Rank != scale.Rank || zero.Type.Shape.Zip(scale.Shape).Any(pair => Differ(pair.First, pair.Second))))
        {
            throw new OperatorException($"the scale is {scale}, and the zero point {zero.Type}");
        }

        if (IsSingle(scale))
        {
            return;
        }

        var axis = InferContext.Axis(context.Attributes.Get("axis", 1L), x.Rank);
        if (scale.Rank == 1 ? (scale[0].IsConstant ? Differ(scale[0], x[axis]) : !context.HasSize(1, 0, x[axis])) : scale.Rank != x.Rank || !Enumerable.Range(0, x.Rank).All(i => i == axis ? AreBlocks(x[i], scale[i], block) : !Differ(x[i], scale[i])))
        {
            throw new OperatorException($"a scale of {scale} does not fit axis {axis} of {x}{(block > 0 ? $" in blocks of {block}" : string.Empty)}");
        }
    }

    private static bool IsSingle(TensorType type) => type.Rank == 0 || (type.Rank == 1 && type[0].Equals(Dim.One));

    private static bool Differ(Dim a, Dim b) => a.IsConstant && b.IsConstant && !a.Equals(b);

    private static bool AreBlocks(Dim size, Dim count, long block) =>
        !(count.IsConstant && count.Constant < 1 && !size.Equals(Dim.Zero)) && (block == 0 || !Differ(Dim.CeilDiv(size, block), count));

    public static void Quantize(LowerContext context)
    {
        var (x, y) = (context.Input(0), context.Output);
        var (low, high) = Range(y.Type.Element);
        var result = y.Type.Element == ElementType.Float ? y : Value.Of($"{y.Name}_f32", y.Type.With(ElementType.Float));
        context.Call(
            typeof(Scaling), nameof(Scaling.Quantize), Wide(context, x, "x"), Wide(context, context.Input(1), "scale"), ZeroPoints(context), result, Shape(context), low, high,
            y.Type.Element.IsInteger() || y.Type.Element.IsNarrowInteger(), (long)PrecisionOf(context.Node));
        Cast.Emit(context, result, y);
    }

    /// <summary>The type in which a QuantizeLinear divides: that of the attribute precision, or of the scale.</summary>
    public static QuotientPrecision PrecisionOf(Node node) => (ElementType)node.Attributes.Get("precision", 0L) switch
    {
        ElementType.Undefined => Precision(node.Inputs[1]!.Type.Element),
        var given => Precision(given),
    };

    public static void Dequantize(LowerContext context)
    {
        var (x, y) = (context.Input(0), context.Output);
        var result = y.Type.Element == ElementType.Float ? y : Value.Of($"{y.Name}_f32", y.Type.With(ElementType.Float));
        context.Call(typeof(Scaling), nameof(Scaling.Dequantize), Wide(context, x, "x"), Wide(context, context.Input(1), "scale"), ZeroPoints(context), result, Shape(context));
        if (result != y)
        {
            Cast.Emit(context, result, y);
        }
    }

    private static QuotientPrecision Precision(ElementType type) => type switch
    {
        ElementType.Float16 => QuotientPrecision.Half,
        ElementType.BFloat16 => QuotientPrecision.BFloat16,
        _ => QuotientPrecision.Single,
    };

    private static Value ZeroPoints(LowerContext context) => context.Node.Input(2) is { } zeros
        ? Wide(context, zeros, "zero")
        : context.Constant(Tensor.Of<float>([], 0), "zero", string.Empty);

    private static Value Wide(LowerContext context, Value value, string role)
    {
        if (value.Type.Element == ElementType.Float)
        {
            return value;
        }

        var wide = Value.Of($"{context.Output.Name}_{role}_f32", value.Type.With(ElementType.Float));
        Cast.Emit(context, value, wide);
        return wide;
    }

    private static StructLiteral Shape(LowerContext context)
    {
        var (x, scale) = (context.Input(0).Type, context.Input(1).Type);
        if (scale.Length is { IsConstant: true, Constant: 1 } && scale.Rank < 2)
        {
            return StructLiteral.Of<ScalingShape>(1, x.Length, 1, 1, 0, 0, 0);
        }

        var axis = InferContext.Axis(context.Attributes.Get("axis", 1L), x.Rank);
        var inner = KernelAxes.Extent(x.Shape, axis + 1, x.Rank);
        var outer = KernelAxes.Extent(x.Shape, 0, axis);
        if (scale.Rank <= 1)
        {
            return StructLiteral.Of<ScalingShape>(outer, x[axis], inner, 1, 0, 1, 0);
        }

        var block = context.Attributes.Get("block_size", 0L) is var given and > 0 ? given : Dim.CeilDiv(x[axis], scale[axis]);
        return StructLiteral.Of<ScalingShape>(outer, x[axis], inner, block, scale[axis] * inner, inner, 1);
    }

    private static (float Low, float High) Range(ElementType type) => type switch
    {
        ElementType.UInt8 => (0, byte.MaxValue),
        ElementType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
        ElementType.UInt16 => (0, ushort.MaxValue),
        ElementType.Int16 => (short.MinValue, short.MaxValue),
        ElementType.UInt4 => (0, 15),
        ElementType.Int4 => (-8, 7),
        ElementType.UInt2 => (0, 3),
        ElementType.Int2 => (-2, 1),
        ElementType.Int32 => throw ElementKinds.Unsupported("quantization", type),
        _ => (float.NegativeInfinity, float.PositiveInfinity),
    };
}
