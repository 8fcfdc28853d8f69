using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>A complex number of two 32-bit floats (ONNX complex64).</summary>
/// <param name="Real">Real part.</param>
/// <param name="Imaginary">Imaginary part.</param>
internal readonly record struct Complex64(float Real, float Imaginary) : IAdditionOperators<Complex64, Complex64, Complex64>
{
    public static Complex64 operator +(Complex64 left, Complex64 right) => new(left.Real + right.Real, left.Imaginary + right.Imaginary);
}
