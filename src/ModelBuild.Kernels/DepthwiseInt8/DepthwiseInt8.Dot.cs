using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <content>The 8-bit dot product of 256-bit vectors, for the two instruction sets that have them.</content>
internal static partial class DepthwiseInt8
{
    private interface IDot256
    {
        /// <summary>Adds to each lane its four unsigned inputs times its four signed weights, exactly.</summary>
        static abstract Vector256<int> Dot(Vector256<int> sum, Vector256<byte> inputs, Vector256<sbyte> weights);
    }

    private readonly struct DotVnni : IDot256
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<int> Dot(Vector256<int> sum, Vector256<byte> inputs, Vector256<sbyte> weights) =>
            TileInt8Vnni.Dot(sum, inputs, weights.AsByte());
    }

    private readonly struct DotAvx2 : IDot256
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<int> Dot(Vector256<int> sum, Vector256<byte> inputs, Vector256<sbyte> weights) =>
            TileInt8Avx2.Dot(sum, TileInt8Avx2.Inputs(inputs), TileInt8Avx2.Weights(weights));
    }
}
