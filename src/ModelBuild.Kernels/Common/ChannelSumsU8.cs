using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <summary>Sums of bytes over pixels, per channel, and their way back to bytes: what 8-bit average pools share. Sums are exact.</summary>
internal static class ChannelSumsU8
{
    /// <summary>Channels that a pool treats at a time: its sums stay on the stack and in the first-level cache.</summary>
    public const int MaxChannels = 256;

    /// <summary>
    /// Adds <c>x[pixel * pixelStride + c]</c> over <paramref name="pixels"/> pixels to <c>sums[c]</c>, for as many channels as <paramref name="sums"/> has.
    /// </summary>
    public static void Add(IsaLevel isa, ReadOnlySpan<byte> x, int pixels, int pixelStride, Span<int> sums)
    {
        // Slicing checks that the last pixel is inside.
        x = pixels == 0 ? default : x[..(((pixels - 1) * pixelStride) + sums.Length)];
        int done = 0;
        if (isa >= IsaLevel.Avx2)
        {
            done = AddVector256(x, pixels, pixelStride, sums);
        }
        else if (isa >= IsaLevel.Vector128)
        {
            done = AddVector128(x, pixels, pixelStride, sums);
        }

        for (int pixel = 0; pixel < pixels; pixel++)
        {
            for (int c = done; c < sums.Length; c++)
            {
                sums[c] += x[(pixel * pixelStride) + c];
            }
        }
    }

    /// <summary><c>y[c] = requantize(sums[c] + offset, scale)</c>.</summary>
    public static void Finish(IsaLevel isa, ReadOnlySpan<int> sums, Span<byte> y, int offset, float scale, in Requantize output)
    {
        y = y[..sums.Length];
        int done = isa >= IsaLevel.Avx2 ? FinishVector256(sums, y, offset, scale, output) : 0;
        for (int c = done; c < sums.Length; c++)
        {
            y[c] = output.Apply(sums[c] + offset, scale);
        }
    }

    [MethodImpl(HotLoop.Options)]
    private static int AddVector256(ReadOnlySpan<byte> x, int pixels, int pixelStride, Span<int> sums)
    {
        int c = 0;
        for (; c <= sums.Length - 16; c += 16)
        {
            ref byte source = ref Unsafe.Add(ref MemoryMarshal.GetReference(x), c);
            ref int target = ref Unsafe.Add(ref MemoryMarshal.GetReference(sums), c);
            Vector256<int> low = Vector256.LoadUnsafe(ref target);
            Vector256<int> high = Vector256.LoadUnsafe(ref target, 8);
            for (int pixel = 0; pixel < pixels; pixel++)
            {
                Vector128<byte> bytes = Vector128.LoadUnsafe(ref source);
                low += Avx2.ConvertToVector256Int32(bytes);
                high += Avx2.ConvertToVector256Int32(Vector128.Create(bytes.GetUpper(), bytes.GetUpper()));
                source = ref Unsafe.Add(ref source, pixelStride);
            }

            low.StoreUnsafe(ref target);
            high.StoreUnsafe(ref target, 8);
        }

        return c;
    }

    [MethodImpl(HotLoop.Options)]
    private static int AddVector128(ReadOnlySpan<byte> x, int pixels, int pixelStride, Span<int> sums)
    {
        int c = 0;
        for (; c <= sums.Length - 8; c += 8)
        {
            ref byte source = ref Unsafe.Add(ref MemoryMarshal.GetReference(x), c);
            ref int target = ref Unsafe.Add(ref MemoryMarshal.GetReference(sums), c);
            Vector128<int> low = Vector128.LoadUnsafe(ref target);
            Vector128<int> high = Vector128.LoadUnsafe(ref target, 4);
            for (int pixel = 0; pixel < pixels; pixel++)
            {
                Vector128<ushort> words = Vector128.WidenLower(Vector128.CreateScalar(Unsafe.ReadUnaligned<ulong>(ref source)).AsByte());
                low += Vector128.WidenLower(words).AsInt32();
                high += Vector128.WidenUpper(words).AsInt32();
                source = ref Unsafe.Add(ref source, pixelStride);
            }

            low.StoreUnsafe(ref target);
            high.StoreUnsafe(ref target, 4);
        }

        return c;
    }

    [MethodImpl(HotLoop.Options)]
    private static int FinishVector256(ReadOnlySpan<int> sums, Span<byte> y, int offset, float scale, in Requantize output)
    {
        int c = 0;
        for (; c <= sums.Length - 16; c += 16)
        {
            ref int source = ref Unsafe.Add(ref MemoryMarshal.GetReference(sums), c);
            Vector256<float> low = Vector256.ConvertToSingle(Vector256.LoadUnsafe(ref source) + Vector256.Create(offset)) * Vector256.Create(scale);
            Vector256<float> high = Vector256.ConvertToSingle(Vector256.LoadUnsafe(ref source, 8) + Vector256.Create(offset)) * Vector256.Create(scale);
            RoundU8.Pack(low, high, output.ZeroPoint, output.Min, output.Max).StoreUnsafe(ref Unsafe.Add(ref MemoryMarshal.GetReference(y), c));
        }

        return c;
    }
}
