using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels.Tests;

/// <summary><see cref="DepthwiseInt8Bytes256"/> without <c>vpdpbusd</c>, so that its steps are tested on every CPU.</summary>
internal readonly struct EmulatedDepthwiseBytes : IDepthwiseInt8Step<Vector256<int>, Vector256<byte>>
{
    public static int Lanes => DepthwiseInt8Bytes256.Lanes;

    public static int Rows => DepthwiseInt8Bytes256.Rows;

    public static Vector256<int> Load(ref int source) => DepthwiseInt8Bytes256.Load(ref source);

    public static void Store(Vector256<int> sum, ref int target) => DepthwiseInt8Bytes256.Store(sum, ref target);

    public static Vector256<byte> LoadOperand(ref byte source) => DepthwiseInt8Bytes256.LoadOperand(ref source);

    public static Vector256<int> Dot(Vector256<int> sum, Vector256<byte> inputs, Vector256<byte> weights) => EmulatedVnni.Dot(sum, inputs, weights);

    public static void Interleave(in DepthwiseInt8Rows rows, ref byte target, int count) => DepthwiseInt8Bytes256.Interleave(rows, ref target, count);

    public static Vector128<byte> Outside(int zeroPoint) => DepthwiseInt8Bytes256.Outside(zeroPoint);
}
