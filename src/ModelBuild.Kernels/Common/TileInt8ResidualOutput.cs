using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>Accumulators to bytes, to which the bytes of another tensor are added: <see cref="Requantize"/>, then <see cref="ResidualAdd"/>.</summary>
internal readonly struct TileInt8ResidualOutput(Requantize requantize, ResidualAdd add) : ITileInt8Output<Vector256<int>>, ITileInt8Output<Vector128<int>>
{
    private readonly TileInt8RequantizeOutput own = new(requantize);
    private readonly RoundU8Bounds bounds = new(add.ZeroPoint, add.Min, add.Max);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(in TileInt8Operands operands, nint index, nint column, int count, Vector256<int> low, Vector256<int> high)
    {
        Vector128<byte> result = own.Apply(ref Unsafe.Add(ref operands.Scales, column), low, high);
        Vector128<byte> other = PartialLanes.Load(ref Unsafe.Add(ref operands.Residual, index), count);
        PartialLanes.Store(ref Unsafe.Add(ref operands.Output, index), ResidualAddLanes.Add16(result, other, add, bounds), count);
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
