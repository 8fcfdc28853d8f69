using System.Numerics;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>
/// ONNX Pow of integers, wrapping around. A negative exponent gives the reciprocal rounded towards zero: 0, or 1 or -1 where the base is, and 0 for
/// the base 0.
/// </summary>
internal readonly record struct PowInteger<T> : IBinary<T, T>
    where T : struct, IBinaryInteger<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Invoke(T a, T b)
    {
        if (T.IsNegative(b))
        {
            // Only 1 and -1 have a reciprocal that is an integer, and it is the base itself.
            bool isUnit = a == T.One || (T.IsNegative(a) && T.IsZero(a + T.One));
            return !isUnit ? T.Zero : T.IsOddInteger(b) ? a : T.One;
        }

        T power = T.One;
        while (!T.IsZero(b))
        {
            power = T.IsOddInteger(b) ? power * a : power;
            a *= a;
            b >>= 1;
        }

        return power;
    }
}
