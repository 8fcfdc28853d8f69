using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <content>Pooled pixels: the sums of a window are rows of a tile, one after the other, and the largest take their place.</content>
internal static partial class TileInt8
{
    /// <summary>Takes what the next <paramref name="count"/> outputs read: <see cref="TileInt8Shape.Window"/> offsets each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Take(ref TileInt8Cursor cursor, ref nint offsets, int count, int capacity, in TileInt8Shape shape)
    {
        if (shape.Pool == 1)
        {
            cursor.Take(ref offsets, count, capacity, shape);
        }
        else
        {
            cursor.TakeWindows(ref offsets, count, capacity, shape);
        }
    }

    /// <summary>From <c>[4 * pixels][2 * TIsa.Lanes]</c> sums to the largest of each four, at the front.</summary>
    [MethodImpl(HotLoop.Options)]
    private static void Pool<TIsa, TSum, TOperand>(ref int sums, int pixels)
        where TIsa : struct, ITileInt8Tile<TSum, TOperand>
        where TSum : struct
        where TOperand : struct
    {
        int width = 2 * TIsa.Lanes;
        ref int window = ref sums;
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            for (int half = 0; half < width; half += TIsa.Lanes)
            {
                ref int row = ref Unsafe.Add(ref window, half);
                TSum upper = TIsa.Max(TIsa.Load(ref row), TIsa.Load(ref Unsafe.Add(ref row, width)));
                TSum lower = TIsa.Max(TIsa.Load(ref Unsafe.Add(ref row, 2 * width)), TIsa.Load(ref Unsafe.Add(ref row, 3 * width)));
                TIsa.Store(TIsa.Max(upper, lower), ref Unsafe.Add(ref sums, half));
            }

            window = ref Unsafe.Add(ref window, 4 * width);
            sums = ref Unsafe.Add(ref sums, width);
        }
    }
}
