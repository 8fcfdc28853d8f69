using System.Numerics;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>
/// ONNX Div of integers: rounds towards zero. The smallest value divided by -1 wraps around to itself, and a division by zero, which ONNX leaves
/// open, gives 0.
/// </summary>
internal readonly record struct DivInteger<T> : IBinary<T, T>
    where T : struct, IBinaryInteger<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Invoke(T a, T b)
    {
        if (T.IsZero(b))
        {
            return T.Zero;
        }

        // The one quotient that overflows, which the hardware traps, is that of -1.
        return T.IsNegative(b) && T.IsZero(b + T.One) ? T.Zero - a : a / b;
    }
}
