using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>One number for each axis of a tensor, the outermost first.</summary>
[InlineArray(Limit)]
internal struct Axes
{
    /// <summary>The most axes that a kernel handles, after neighbours that lie in memory as one have been merged.</summary>
    public const int Limit = 8;

    private int first;

    public static Axes Of(int n0, int n1, int n2, int n3, int n4, int n5, int n6, int n7)
    {
        Axes axes = default;
        axes[0] = n0;
        axes[1] = n1;
        axes[2] = n2;
        axes[3] = n3;
        axes[4] = n4;
        axes[5] = n5;
        axes[6] = n6;
        axes[7] = n7;
        return axes;
    }
}
