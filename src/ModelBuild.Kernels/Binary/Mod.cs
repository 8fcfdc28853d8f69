using System.Numerics;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX Mod with fmod=0, for integers: the result has the sign of the divisor, as in Python. A zero divisor, which ONNX leaves open, gives 0.</summary>
internal readonly record struct Mod<T> : IBinary<T, T>
    where T : struct, IBinaryInteger<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Invoke(T a, T b)
    {
        // Every integer is a multiple of -1; the hardware traps the smallest one.
        if (T.IsZero(b) || (T.IsNegative(b) && T.IsZero(b + T.One)))
        {
            return T.Zero;
        }

        T remainder = a % b;
        return !T.IsZero(remainder) && T.IsNegative(remainder) != T.IsNegative(b) ? remainder + b : remainder;
    }
}
