using System;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>
/// Expands weights that are stored as 8-bit integers with a scale for each output, once, when a model is loaded, for layers that compute in floats:
/// <c>y = float(value) * scale[output]</c>, which is rounded once.
/// </summary>
internal static class ScaleWeights
{
    /// <summary>Weights in panels, see <see cref="PanelsF32"/>: <paramref name="groups"/> matrices of <paramref name="depth"/> rows.</summary>
    /// <param name="values">The integers in the layout of y.</param>
    /// <param name="scales">[groups, padded columns].</param>
    /// <param name="y">The packed floats.</param>
    /// <param name="depth">Rows of a matrix.</param>
    /// <param name="groups">Number of matrices.</param>
    public static void Panels(ReadOnlySpan<sbyte> values, ReadOnlySpan<float> scales, Span<float> y, int depth, int groups)
    {
        int columns = scales.Length / groups;
        int done = 0;
        for (int group = 0; group < groups; group++)
        {
            for (int column = 0; column < columns; column += PanelsF32.Width)
            {
                int width = Math.Min(PanelsF32.Width, columns - column);
                Rows(values.Slice(done, depth * width), scales.Slice((group * columns) + column, width), y.Slice(done, depth * width));
                done += depth * width;
            }
        }
    }

    /// <summary>Weights [rows, outputs], as many outputs as there are scales.</summary>
    public static void Rows(ReadOnlySpan<sbyte> values, ReadOnlySpan<float> scales, Span<float> y)
    {
        for (int start = 0; start < values.Length; start += scales.Length)
        {
            Row(values.Slice(start, scales.Length), scales, y.Slice(start, scales.Length));
        }
    }

    private static void Row(ReadOnlySpan<sbyte> values, ReadOnlySpan<float> scales, Span<float> y)
    {
        ref sbyte value = ref MemoryMarshal.GetReference(values);
        ref float scale = ref MemoryMarshal.GetReference(scales);
        ref float target = ref MemoryMarshal.GetReference(y);
        int i = 0;
        for (; i <= values.Length - Vector128<sbyte>.Count; i += Vector128<sbyte>.Count)
        {
            (Vector128<short> low, Vector128<short> high) = Vector128.Widen(Vector128.LoadUnsafe(ref value, (nuint)i));
            Scale(low, ref scale, ref target, (nuint)i);
            Scale(high, ref scale, ref target, (nuint)(i + Vector128<short>.Count));
        }

        for (; i < values.Length; i++)
        {
            y[i] = values[i] * scales[i];
        }
    }

    private static void Scale(Vector128<short> values, ref float scale, ref float target, nuint i)
    {
        (Vector128<int> low, Vector128<int> high) = Vector128.Widen(values);
        (Vector128.ConvertToSingle(low) * Vector128.LoadUnsafe(ref scale, i)).StoreUnsafe(ref target, i);
        (Vector128.ConvertToSingle(high) * Vector128.LoadUnsafe(ref scale, i + 4)).StoreUnsafe(ref target, i + 4);
    }
}
