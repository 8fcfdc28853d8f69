using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>Functions that are computed in 64 bits, one element after the other: those of 64-bit floats, and the rarer ones of 32-bit floats.</summary>
internal static class UnaryF64
{
    /// <summary>Computes one of <see cref="MathFunction"/>, given by its number.</summary>
    public static void Run<T>(ReadOnlySpan<T> x, Span<T> y, int function)
        where T : unmanaged, INumber<T>
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = T.CreateSaturating(Apply(double.CreateSaturating(x[i]), (MathFunction)function));
        }
    }

    private static double Apply(double x, MathFunction function) => function switch
    {
        MathFunction.Exp => MathF64.Exp(x),
        MathFunction.Log => MathF64.Log(x),
        MathFunction.Sqrt => Math.Sqrt(x),
        MathFunction.Reciprocal => 1 / x,
        MathFunction.Abs => Math.Abs(x),
        MathFunction.Neg => -x,
        MathFunction.Ceil => Math.Ceiling(x),
        MathFunction.Floor => Math.Floor(x),
        MathFunction.Round => Math.Round(x, MidpointRounding.ToEven),
        MathFunction.Sign => x > 0 ? 1 : x < 0 ? -1 : x,
        MathFunction.Sin => MathF64.Sin(x),
        MathFunction.Cos => MathF64.Cos(x),
        MathFunction.Tan => MathF64.Tan(x),
        MathFunction.Asin => MathF64.Asin(x),
        MathFunction.Acos => MathF64.Acos(x),
        MathFunction.Atan => MathF64.Atan(x),
        MathFunction.Sinh => MathF64.Sinh(x),
        MathFunction.Cosh => MathF64.Cosh(x),
        MathFunction.Tanh => MathF64.Tanh(x),
        MathFunction.Asinh => MathF64.Asinh(x),
        MathFunction.Acosh => MathF64.Acosh(x),
        MathFunction.Atanh => MathF64.Atanh(x),
        MathFunction.Erf => MathF64.Erf(x),
        MathFunction.Sigmoid => x < 0 ? MathF64.Exp(x) / (1 + MathF64.Exp(x)) : 1 / (1 + MathF64.Exp(-x)),
        MathFunction.Relu => x > 0 || double.IsNaN(x) ? x : 0,
        MathFunction.Softplus => Math.Max(x, 0) + MathF64.LogOnePlus(MathF64.Exp(-Math.Abs(x))),
        _ => x / (1 + Math.Abs(x)),
    };
}
