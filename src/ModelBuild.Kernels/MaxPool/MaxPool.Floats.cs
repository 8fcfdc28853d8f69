using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Kernels;

/// <content>
/// Floats on AVX2. Its maximum takes no notice of NaN and of the sign of a zero, so that one in IEEE 754's sense is eight instructions. Here three do for each value, and the
/// rest is done once for a window.
/// </content>
internal static partial class MaxPool
{
    /// <summary>As <see cref="Windows"/>; false, and nothing of use in the outputs, where a window may have a NaN.</summary>
    [MethodImpl(HotLoop.Options)]
    private static bool TryFloatWindows(ref float corner, ref float pixel, int pixels, int rows, int columns, in PoolShape shape)
    {
        nuint rowStep = (nuint)(shape.DilationY * shape.InputWidth * shape.Channels);
        nuint columnStep = (nuint)(shape.DilationX * shape.Channels);
        nuint last = (nuint)(shape.Channels - Vector256<float>.Count);
        Vector256<float> isUnordered = Vector256<float>.Zero;
        for (int i = 0; i < pixels; i++)
        {
            for (nuint c = 0; c < (nuint)shape.Channels; c += (nuint)Vector256<float>.Count)
            {
                nuint channel = nuint.Min(c, last);
                Vector256<float> largest = Vector256.LoadUnsafe(ref corner, channel);
                Vector256<float> signs = largest, sum = Vector256<float>.Zero;
                for (int row = 0; row < rows; row++)
                {
                    nuint at = channel + ((nuint)row * rowStep);
                    for (int column = 0; column < columns; column++)
                    {
                        Vector256<float> value = Vector256.LoadUnsafe(ref corner, at);
                        largest = Avx.Max(largest, value);
                        signs &= value;
                        sum += value;
                        at += columnStep;
                    }
                }

                // A sum is a number unless the window has a NaN, or infinities of both signs. The largest of numbers has the sign that all of them have, and otherwise none.
                isUnordered |= Avx.CompareUnordered(sum, sum);
                Vector256.ConditionalSelect(Vector256.Create(-0f), signs, largest).StoreUnsafe(ref pixel, channel);
            }

            corner = ref Unsafe.Add(ref corner, shape.StrideX * shape.Channels);
            pixel = ref Unsafe.Add(ref pixel, shape.Channels);
        }

        return Avx.MoveMask(isUnordered) == 0;
    }
}
