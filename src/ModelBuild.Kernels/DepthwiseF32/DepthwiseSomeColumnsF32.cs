using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>A tile that reaches beyond the input, or has fewer columns than others.</summary>
internal readonly struct DepthwiseSomeColumnsF32 : IDepthwiseColumnsF32
{
    public static bool All
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Has(uint inside, int column) => (inside & (1u << column)) != 0;
}
