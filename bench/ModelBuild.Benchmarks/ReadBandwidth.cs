using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Benchmarks;

/// <summary>How fast one core reads memory that it has read before, from the innermost cache that holds it: the bound of a layer that uses each weight once.</summary>
internal static class ReadBandwidth
{
    private const int Rounds = 2000;

    // A round reads at least so much: reading the clock takes as long as a few kilobytes.
    private const int BytesPerRound = 1 << 20;

    // Bytes of a cache line: vectors that cross lines would count twice.
    private const int Line = 64;

    // Bytes of an iteration: eight vectors with a sum of their own, so that neither the loop nor the sums are what is waited for.
    private const int Block = 8 * Line;

    /// <summary>Bytes per second, the best of many, for a buffer of <paramref name="bytes"/>.</summary>
    public static double Measure(long bytes)
    {
        byte[] buffer = GC.AllocateArray<byte>((int)bytes + Block, pinned: true);

        // Pages that nobody wrote are all one page of zeros, which the first-level cache holds.
        buffer.AsSpan().Clear();
        int first = (int)((ulong)-Marshal.UnsafeAddrOfPinnedArrayElement(buffer, 0) % Line);
        Span<byte> blocks = buffer.AsSpan(first, (int)long.Max(Block, bytes / Block * Block));
        int passes = 1 + (BytesPerRound / blocks.Length);
        double best = double.MaxValue;
        int bits = 0;
        for (int round = 0; round < Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int pass = 0; pass < passes; pass++)
            {
                bits |= Vector512.IsHardwareAccelerated ? Read512(blocks) : Read256(blocks);
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        // The buffer holds zeros; using them keeps the loop.
        return bits + ((double)blocks.Length * passes / best);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Read512(Span<byte> blocks)
    {
        ref byte block = ref MemoryMarshal.GetReference(blocks);
        Vector512<int> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        for (int left = blocks.Length; left > 0; left -= Block)
        {
            a |= Vector512.LoadUnsafe(ref block, 0).AsInt32();
            b |= Vector512.LoadUnsafe(ref block, Line).AsInt32();
            c |= Vector512.LoadUnsafe(ref block, 2 * Line).AsInt32();
            d |= Vector512.LoadUnsafe(ref block, 3 * Line).AsInt32();
            e |= Vector512.LoadUnsafe(ref block, 4 * Line).AsInt32();
            f |= Vector512.LoadUnsafe(ref block, 5 * Line).AsInt32();
            g |= Vector512.LoadUnsafe(ref block, 6 * Line).AsInt32();
            h |= Vector512.LoadUnsafe(ref block, 7 * Line).AsInt32();
            block = ref Unsafe.Add(ref block, Block);
        }

        return (a | b | c | d | e | f | g | h)[0];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Read256(Span<byte> blocks)
    {
        const int Half = Line / 2;
        ref byte block = ref MemoryMarshal.GetReference(blocks);
        Vector256<int> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        for (int left = 2 * blocks.Length; left > 0; left -= Block)
        {
            a |= Vector256.LoadUnsafe(ref block, 0).AsInt32();
            b |= Vector256.LoadUnsafe(ref block, Half).AsInt32();
            c |= Vector256.LoadUnsafe(ref block, 2 * Half).AsInt32();
            d |= Vector256.LoadUnsafe(ref block, 3 * Half).AsInt32();
            e |= Vector256.LoadUnsafe(ref block, 4 * Half).AsInt32();
            f |= Vector256.LoadUnsafe(ref block, 5 * Half).AsInt32();
            g |= Vector256.LoadUnsafe(ref block, 6 * Half).AsInt32();
            h |= Vector256.LoadUnsafe(ref block, 7 * Half).AsInt32();
            block = ref Unsafe.Add(ref block, Block / 2);
        }

        return (a | b | c | d | e | f | g | h)[0];
    }
}
