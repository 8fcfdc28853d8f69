using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>An element of a constant as an argument of a kernel.</summary>
internal static class ConstantScalar
{
    /// <summary>The only element; zero of the type without a constant.</summary>
    /// <exception cref="OperatorException">Kernels do not take literals of the type.</exception>
    public static Scalar Of(Tensor? constant, ElementType type) => constant is not null ? At(constant, 0) : type switch
    {
        ElementType.Float => 0f,
        ElementType.Double => 0d,
        ElementType.Bool => false,
        _ when type.IsInteger() => 0,
        _ => throw Unsupported(type),
    };

    /// <summary>One of several elements.</summary>
    /// <exception cref="OperatorException">Kernels do not take literals of the type.</exception>
    public static Scalar At(Tensor constant, int index) => constant.Type switch
    {
        ElementType.Float => constant.As<float>()[index],
        ElementType.Double => constant.As<double>()[index],
        ElementType.Bool => constant.As<bool>()[index],
        ElementType.Int64 => constant.As<long>()[index],
        ElementType.Int32 => constant.As<int>()[index],
        ElementType.UInt8 => constant.As<byte>()[index],
        ElementType.Int8 => constant.As<sbyte>()[index],
        _ => throw Unsupported(constant.Type),
    };

    /// <summary>Whether kernels take literals of the type.</summary>
    public static bool IsLiteral(ElementType type) => type is ElementType.Float or ElementType.Double or ElementType.Bool
        or ElementType.Int64 or ElementType.Int32 or ElementType.UInt8 or ElementType.Int8;

    private static OperatorException Unsupported(ElementType type) => OperatorException.Unsupported($"a constant of {type.ShortName()} in this place is not supported");
}
