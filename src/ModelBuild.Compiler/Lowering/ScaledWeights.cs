using System;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Passes;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Lowering;

/// <summary>
/// The weights of a layer that computes in floats. Those that are 8-bit integers with a scale for each output stay so in the weights file, and
/// <see cref="ScaleWeights"/> expands them once.
/// </summary>
internal static class ScaledWeights
{
    /// <summary>Puts weights into the layout of a kernel. All layouts but move values, and add zeros.</summary>
    public delegate void Packer(ReadOnlySpan<float> values, Span<float> packed);

    /// <summary>The packed weights as a constant: panels of <see cref="PanelsF32"/>.</summary>
    /// <param name="context">The layer.</param>
    /// <param name="weights">Floats, or signed bytes.</param>
    /// <param name="scales">One scale for each output, of signed bytes; else null.</param>
    /// <param name="outputAxis">The axis of outputs.</param>
    /// <param name="packed">The length of the packed weights and how to pack them.</param>
    /// <param name="outputs">The number of packed outputs and how to pack a value for each.</param>
    /// <param name="groups">Number of matrices in <paramref name="packed"/>.</param>
    /// <param name="note">What the packed weights are.</param>
    public static Value Panels(
        LowerContext context, Tensor weights, Tensor? scales, int outputAxis, (int Length, Packer Pack) packed, (int Length, Packer Pack) outputs, int groups, string note)
    {
        var floats = Packed(LayerConstants.ToFloat(weights, scales, outputAxis), packed);
        return scales is null || floats.Length < WeightStorage.SmallestLength
            ? context.Constant(floats, "weight", note)
            : context.Constant(floats, "weight", note, name => new StoredConstant(
                typeof(ScaleWeights), nameof(ScaleWeights.Panels),
                [Value.Of($"{name}_integers", ToBytes(Packed(TensorNumbers.ToSingles(weights), packed))), Value.Of($"{name}_scale", Packed(scales, outputs))],
                "8-bit integers, scaled once", [packed.Length / Math.Max(1, outputs.Length), groups]));
    }

    private static Tensor ToBytes(Tensor integers) => TensorNumbers.Map<float, sbyte>(integers, value => (sbyte)value);

    private static Tensor Packed(Tensor values, (int Length, Packer Pack) layout)
    {
        var packed = new float[layout.Length];
        layout.Pack(values.As<float>(), packed);
        return Tensor.Of<float>(packed, packed.Length);
    }
}
