using System;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Benchmarks;

/// <summary>How fast one core reads memory that it has read before, from the innermost cache that holds it: the bound of a layer that uses each weight once.</summary>
internal static class ReadBandwidth
{
    private const int Rounds = 2000;

    /// <summary>Bytes per second, the best of many, for a buffer of <paramref name="bytes"/>.</summary>
    public static double Measure(long bytes)
    {
        float[] buffer = GC.AllocateArray<float>((int)(bytes / sizeof(float)), pinned: true);
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(buffer.AsSpan());
        double best = double.MaxValue;
        Vector<float> sum = Vector<float>.Zero;
        for (int round = 0; round < Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            sum += Sum(vectors);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        // The buffer holds zeros; reading the sum keeps the loop.
        return sum[0] + (bytes / best);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector<float> Sum(ReadOnlySpan<Vector<float>> vectors)
    {
        Vector<float> a = Vector<float>.Zero, b = a, c = a, d = a;
        for (int i = 0; i + 3 < vectors.Length; i += 4)
        {
            a += vectors[i];
            b += vectors[i + 1];
            c += vectors[i + 2];
            d += vectors[i + 3];
        }

        return a + b + c + d;
    }
}
