using System.Numerics;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>
/// ONNX Mod with fmod=1: the remainder of the division that rounds towards zero, exact; it has the sign of the dividend. A zero divisor gives NaN, or
/// 0 for integers.
/// </summary>
internal readonly record struct FMod<T> : IBinary<T, T>
    where T : struct, INumber<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Invoke(T a, T b)
    {
        bool isInteger = T.IsZero(T.One / (T.One + T.One));
        if (isInteger && (T.IsZero(b) || (T.IsNegative(b) && T.IsZero(b + T.One))))
        {
            return T.Zero;
        }

        return a % b;
    }
}
