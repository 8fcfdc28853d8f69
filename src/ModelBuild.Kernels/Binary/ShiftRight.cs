using System.Numerics;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>ONNX BitShift to the right; 0 where there are not so many bits.</summary>
internal readonly record struct ShiftRight<T> : IBinary<T, T>
    where T : struct, IBinaryInteger<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Invoke(T a, T b) => int.CreateSaturating(b) < int.CreateChecked(T.PopCount(T.AllBitsSet)) ? a >>> int.CreateSaturating(b) : T.Zero;
}
