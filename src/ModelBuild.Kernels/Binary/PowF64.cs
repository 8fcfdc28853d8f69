using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX Pow of 64-bit floats, see <see cref="MathF64.Pow"/>.</summary>
internal readonly record struct PowF64 : IBinary<double, double>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Invoke(double a, double b) => MathF64.Pow(a, b);
}
