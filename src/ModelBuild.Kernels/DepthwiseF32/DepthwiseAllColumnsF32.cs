using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>A tile that lies inside the input.</summary>
internal readonly struct DepthwiseAllColumnsF32 : IDepthwiseColumnsF32
{
    public static bool All
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Has(uint inside, int column) => true;
}
