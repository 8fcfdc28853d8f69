using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>The only element of a constant as an argument of a kernel.</summary>
internal static class ConstantScalar
{
    /// <summary>The element; zero of the type without a constant.</summary>
    /// <exception cref="OperatorException">Kernels do not take literals of the type.</exception>
    public static Scalar Of(Tensor? constant, ElementType type) => type switch
    {
        ElementType.Float => constant is null ? 0f : constant.As<float>()[0],
        ElementType.Double => constant is null ? 0d : constant.As<double>()[0],
        ElementType.Bool => constant is not null && constant.As<bool>()[0],
        ElementType.Int64 => constant is null ? 0 : constant.As<long>()[0],
        ElementType.Int32 => constant is null ? 0 : constant.As<int>()[0],
        ElementType.UInt8 => constant is null ? 0 : constant.As<byte>()[0],
        ElementType.Int8 => constant is null ? 0 : constant.As<sbyte>()[0],
        _ => throw OperatorException.Unsupported($"a constant of {type.ShortName()} in this place is not supported"),
    };
}
