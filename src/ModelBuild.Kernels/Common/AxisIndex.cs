using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>Indices that come as data.</summary>
internal static class AxisIndex
{
    /// <summary>The index itself, or counted from the end if it is negative. Throws where the axis has no such element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Resolve<TIndex>(TIndex index, int length)
        where TIndex : struct, IBinaryInteger<TIndex>
    {
        long position = long.CreateSaturating(index);
        position = position < 0 ? position + length : position;
        if ((ulong)position >= (ulong)length)
        {
            Throw(long.CreateSaturating(index), length);
        }

        return (int)position;
    }

    [DoesNotReturn]
    private static void Throw(long index, int length) => throw new ArgumentOutOfRangeException(
        nameof(index),
        index,
        string.Create(CultureInfo.InvariantCulture, $"An index of the model's input is out of range: the axis has {length} elements."));
}
