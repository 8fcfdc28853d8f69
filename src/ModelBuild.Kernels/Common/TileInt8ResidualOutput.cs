using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>Accumulators to bytes, to which the bytes of another tensor are added: <see cref="Requantize"/>, then <see cref="ResidualAdd"/>.</summary>
internal readonly struct TileInt8ResidualOutput(Requantize requantize, ResidualAdd add) : ITileInt8Output
{
    private readonly TileInt8RequantizeOutput own = new(requantize);
    private readonly RoundedBytes rounded = new(requantize, add.ZeroPointA);
    private readonly ResidualAddVectors sum = new(add);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(in TileInt8Operands operands, nint index, nint column, int count, Vector256<int> low, Vector256<int> high)
    {
        // The convolution's own bytes stay floats.
        ref float scales = ref Unsafe.Add(ref operands.Scales, column);
        Vector256<float> lowOwn = rounded.Of(Vector256.ConvertToSingle(low) * Vector256.LoadUnsafe(ref scales));
        Vector256<float> highOwn = rounded.Of(Vector256.ConvertToSingle(high) * Vector256.LoadUnsafe(ref scales, 8));
        ref byte residual = ref Unsafe.Add(ref operands.Residual, index);
        ref byte target = ref Unsafe.Add(ref operands.Output, index);
        if (count >= 16)
        {
            sum.Add(lowOwn, highOwn, ref residual).StoreUnsafe(ref target);
        }
        else
        {
            Vector128<byte> part = PartialLanes.Load(ref residual, count);
            PartialLanes.Store(ref target, sum.Add(lowOwn, highOwn, ref Unsafe.As<Vector128<byte>, byte>(ref part)), count);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | HotLoop.Options)]
    public void StoreQuads512(in TileInt8Operands operands, nint index, nint stride, nint column, ref int sums, int pixels)
    {
        ref byte target = ref Unsafe.Add(ref operands.Output, index);
        ref byte residual = ref Unsafe.Add(ref operands.Residual, index);
        Vector512<float> scales = Vector512.LoadUnsafe(ref operands.Scales, (nuint)column);
        RoundedBytes512 own = new(requantize, add.ZeroPointA);
        ResidualAdd512 sum = new(add);
        for (int pixel = 0; pixel < pixels; pixel += 4)
        {
            Vector512<float> own0 = own.Of(Vector512.ConvertToSingle(Vector512.LoadUnsafe(ref sums)) * scales);
            Vector512<float> own1 = own.Of(Vector512.ConvertToSingle(Vector512.LoadUnsafe(ref sums, 16)) * scales);
            Vector512<float> own2 = own.Of(Vector512.ConvertToSingle(Vector512.LoadUnsafe(ref sums, 32)) * scales);
            Vector512<float> own3 = own.Of(Vector512.ConvertToSingle(Vector512.LoadUnsafe(ref sums, 48)) * scales);
            QuadBytes512.Store(sum.Add(own0, own1, own2, own3, ref residual, stride), ref target, stride);
            sums = ref Unsafe.Add(ref sums, 64);
            residual = ref Unsafe.Add(ref residual, 4 * stride);
            target = ref Unsafe.Add(ref target, 4 * stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(in TileInt8Operands operands, nint index, nint column, int count, Vector128<int> low, Vector128<int> high)
    {
        int valid = int.Min(count, 8);
        Vector128<byte> result = own.Apply(ref Unsafe.Add(ref operands.Scales, column), low, high);
        Vector128<byte> other = PartialLanes.Load(ref Unsafe.Add(ref operands.Residual, index), valid);
        PartialLanes.Store(ref Unsafe.Add(ref operands.Output, index), ResidualAddLanes.Add8(result, other, add), valid);
    }
}
