using System;
using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Lowering;

/// <summary>A constant in a form that a kernel expands once, before the first run.</summary>
/// <param name="Kernel">The kernel.</param>
/// <param name="Method">Its method, which takes the parts and then what to write.</param>
/// <param name="Parts">What stands in the weights file.</param>
/// <param name="Note">What it is.</param>
internal sealed record StoredConstant(Type Kernel, string Method, IReadOnlyList<Value> Parts, string Note);

/// <summary>Decides how constants stand in the weights file. What kernels read is the same in every form.</summary>
internal sealed class WeightStorage
{
    // A smaller constant saves less than the preparation costs.
    private const int SmallestLength = 256;

    private readonly bool _useHalf;

    private WeightStorage(bool useHalf) => _useHalf = useHalf;

    public static WeightStorage AsTheyAre { get; } = new(useHalf: false);

    public static WeightStorage For(CompileOptions options) => new(options.Bits == Precision.Float16);

    /// <summary>A smaller form of a constant, or null where it stays as it is.</summary>
    public StoredConstant? Shrink(string name, Tensor constant)
    {
        if (constant.Length < SmallestLength)
        {
            return null;
        }

        return _useHalf && constant.Type == ElementType.Float && HalfWeights.Narrow(constant) is { } half && HalfWeights.Widen(half).Bytes.SequenceEqual(constant.Bytes)
            ? new StoredConstant(typeof(Cast), nameof(Cast.Run), [Value.Of($"{name}_half", half)], "16-bit floats, widened once")
            : null;
    }
}
