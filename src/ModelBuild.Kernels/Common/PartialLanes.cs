using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>Loads and stores of the first <c>count</c> lanes of a vector that touch no other memory. Counts are split into powers of two.</summary>
internal static class PartialLanes
{
    /// <summary>Stores the first <paramref name="count"/> bytes, 0..16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(ref byte target, Vector128<byte> value, int count)
    {
        if (count >= Vector128<byte>.Count)
        {
            value.StoreUnsafe(ref target);
        }
        else
        {
            StorePart(ref target, value, count);
        }
    }

    /// <summary>Stores the first <paramref name="count"/> of sixteen floats, 0..16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(ref float target, Vector256<float> low, Vector256<float> high, int count)
    {
        if (count >= 2 * Vector256<float>.Count)
        {
            low.StoreUnsafe(ref target);
            high.StoreUnsafe(ref target, (nuint)Vector256<float>.Count);
        }
        else if (count >= Vector256<float>.Count)
        {
            low.StoreUnsafe(ref target);
            StorePart(ref Unsafe.Add(ref target, Vector256<float>.Count), high.GetLower(), high.GetUpper(), count - Vector256<float>.Count);
        }
        else
        {
            StorePart(ref target, low.GetLower(), low.GetUpper(), count);
        }
    }

    /// <summary>Stores the first <paramref name="count"/> of eight floats, 0..8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(ref float target, Vector128<float> low, Vector128<float> high, int count)
    {
        if (count >= 2 * Vector128<float>.Count)
        {
            low.StoreUnsafe(ref target);
            high.StoreUnsafe(ref target, (nuint)Vector128<float>.Count);
        }
        else
        {
            StorePart(ref target, low, high, count);
        }
    }

    /// <summary>Loads the first <paramref name="count"/> bytes, 0..16; the others are zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Load(ref byte source, int count) =>
        count >= Vector128<byte>.Count ? Vector128.LoadUnsafe(ref source) : LoadPart(ref source, count);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void StorePart(ref byte target, Vector128<byte> value, int count)
    {
        ulong rest = value.AsUInt64().ToScalar();
        if ((count & 8) != 0)
        {
            Unsafe.WriteUnaligned(ref target, rest);
            target = ref Unsafe.Add(ref target, 8);
            rest = value.AsUInt64().GetElement(1);
        }

        if ((count & 4) != 0)
        {
            Unsafe.WriteUnaligned(ref target, (uint)rest);
            target = ref Unsafe.Add(ref target, 4);
            rest >>= 32;
        }

        if ((count & 2) != 0)
        {
            Unsafe.WriteUnaligned(ref target, (ushort)rest);
            target = ref Unsafe.Add(ref target, 2);
            rest >>= 16;
        }

        if ((count & 1) != 0)
        {
            target = (byte)rest;
        }
    }

    /// <summary>Stores the first 0..7 of eight floats.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void StorePart(ref float target, Vector128<float> low, Vector128<float> high, int count)
    {
        Vector128<float> rest = low;
        if ((count & 4) != 0)
        {
            rest.StoreUnsafe(ref target);
            target = ref Unsafe.Add(ref target, 4);
            rest = high;
        }

        ulong pair = rest.AsUInt64().ToScalar();
        if ((count & 2) != 0)
        {
            Unsafe.WriteUnaligned(ref Unsafe.As<float, byte>(ref target), pair);
            target = ref Unsafe.Add(ref target, 2);
            pair = rest.AsUInt64().GetElement(1);
        }

        if ((count & 1) != 0)
        {
            Unsafe.WriteUnaligned(ref Unsafe.As<float, byte>(ref target), (uint)pair);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector128<byte> LoadPart(ref byte source, int count)
    {
        int at = count;
        ulong rest = 0;
        if ((count & 1) != 0)
        {
            at -= 1;
            rest = Unsafe.Add(ref source, at);
        }

        if ((count & 2) != 0)
        {
            at -= 2;
            rest = (rest << 16) | Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref source, at));
        }

        if ((count & 4) != 0)
        {
            at -= 4;
            rest = (rest << 32) | Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref source, at));
        }

        return (count & 8) != 0 ? Vector128.Create(Unsafe.ReadUnaligned<ulong>(ref source), rest).AsByte() : Vector128.CreateScalar(rest).AsByte();
    }
}
