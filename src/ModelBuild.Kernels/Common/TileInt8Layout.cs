using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>
/// The packed layout of 8-bit weights: <c>[panel][tap][innerK / 4][16 outputs][4]</c>. Sixteen outputs make a panel; each tap's run of inputs is padded to a
/// multiple of four with zero weights, and the last panel to sixteen outputs. Four neighbouring inputs of one output are four neighbouring bytes, which is what
/// the 8-bit dot product instructions consume. Values per output (bias, scales) are padded to whole panels too.
/// </summary>
internal static class TileInt8Layout
{
    /// <summary>Outputs of a panel.</summary>
    public const int PanelOutputs = 16;

    /// <summary>Inputs that one dot-product step consumes.</summary>
    public const int GroupInputs = 4;

    /// <summary>Bytes of one dot-product step of a panel.</summary>
    public const int StepBytes = PanelOutputs * GroupInputs;

    /// <summary><paramref name="outputs"/> rounded up to whole panels: the length of bias and scales.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int PaddedOutputs(int outputs) => (outputs + PanelOutputs - 1) & -PanelOutputs;

    /// <summary><paramref name="innerK"/> rounded up to whole dot-product steps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int PaddedInner(int innerK) => (innerK + GroupInputs - 1) & -GroupInputs;

    /// <summary>Where the weight of (<paramref name="output"/>, <paramref name="tap"/>, <paramref name="k"/>) is.</summary>
    /// <param name="output">Output, counted from the first of the panel sequence.</param>
    /// <param name="tap">Tap, 0..taps-1.</param>
    /// <param name="k">Input within the tap, 0..innerK-1.</param>
    /// <param name="taps">Taps of the filter; 1 for a fully connected layer.</param>
    /// <param name="innerK">Inputs of a tap, unpadded.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Offset(int output, int tap, int k, int taps, int innerK)
    {
        int stepsPerTap = PaddedInner(innerK) / GroupInputs;
        int step = (((output / PanelOutputs * taps) + tap) * stepsPerTap) + (k / GroupInputs);
        return (((step * PanelOutputs) + (output % PanelOutputs)) * GroupInputs) + (k % GroupInputs);
    }
}
