using System;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>What <see cref="DepthwiseF32"/> computes of one image.</summary>
internal readonly ref struct DepthwiseImageF32(ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, float min, float max)
{
    /// <summary>Inputs, [InputHeight, InputWidth, Channels].</summary>
    public readonly ref float X = ref MemoryMarshal.GetReference(x);

    /// <summary>Packed weights.</summary>
    public readonly ref float Weights = ref MemoryMarshal.GetReference(weights);

    /// <summary>Bias, [Channels].</summary>
    public readonly ref float Bias = ref MemoryMarshal.GetReference(bias);

    /// <summary>Outputs, [OutputHeight, OutputWidth, Channels].</summary>
    public readonly ref float Y = ref MemoryMarshal.GetReference(y);

    /// <summary>Lower bound of the outputs.</summary>
    public readonly float Min = min;

    /// <summary>Upper bound of the outputs.</summary>
    public readonly float Max = max;
}
