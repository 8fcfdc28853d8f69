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
/// <param name="Method">Its method, which takes the parts, what to write, and the sizes.</param>
/// <param name="Parts">What stands in the weights file.</param>
/// <param name="Note">What it is.</param>
/// <param name="Sizes">Further arguments.</param>
internal sealed record StoredConstant(Type Kernel, string Method, IReadOnlyList<Value> Parts, string Note, params IReadOnlyList<object> Sizes);

/// <summary>
/// Decides how constants stand in the weights file: as 16-bit floats where every value is one, and without their zeros, of which a bit for each element tells, where
/// that saves a tenth or more. What kernels read is the same in every form.
/// </summary>
internal sealed class WeightStorage
{
    /// <summary>A smaller constant saves less than the preparation costs.</summary>
    public const int SmallestLength = 256;

    private const double LargestShare = 0.9;

    private readonly bool _useHalf;
    private readonly bool _useMasks;

    private WeightStorage(bool useHalf, bool useMasks)
    {
        _useHalf = useHalf;
        _useMasks = useMasks;
    }

    public static WeightStorage AsTheyAre { get; } = new(useHalf: false, useMasks: false);

    /// <summary>What the options ask for; a model in half precision keeps the size of its file in any case.</summary>
    public static WeightStorage For(CompileOptions options, bool isHalfPrecision) => new(options.Uses(Precision.Float16) || isHalfPrecision, options.Sparsity > 0 || options.SparsityThreshold > 0);

    /// <summary>A smaller form of a constant, or null where it stays as it is.</summary>
    public StoredConstant? Shrink(string name, Tensor constant)
    {
        if (constant.Length < SmallestLength)
        {
            return null;
        }

        var stored = _useHalf && constant.Type == ElementType.Float && HalfWeights.IsExact(constant) && HalfWeights.Narrow(constant) is { } half ? half : constant;
        var isHalf = stored != constant;
        if (_useMasks && Masked(stored) is var (mask, values) && mask.Bytes.Length + values.Bytes.Length <= LargestShare * stored.Bytes.Length)
        {
            var method = isHalf ? nameof(ExpandBitmask.Widen) : nameof(ExpandBitmask.Run);
            return new StoredConstant(typeof(ExpandBitmask), method, [Value.Of($"{name}_mask", mask), Value.Of($"{name}_nonzero", values)], $"{values.Length:N0} of {constant.Length:N0} are not zero");
        }

        return isHalf ? new StoredConstant(typeof(Cast), nameof(Cast.Run), [Value.Of($"{name}_half", stored)], "16-bit floats, widened once") : null;
    }

    private static (Tensor Mask, Tensor Values) Masked(Tensor tensor)
    {
        var size = tensor.Type.SizeInBytes();
        var mask = new byte[(tensor.Length + 7) / 8];
        var values = new List<byte>(tensor.Bytes.Length);
        for (var i = 0; i < tensor.Length; i++)
        {
            var element = tensor.Bytes.Slice(i * size, size);
            if (element.ContainsAnyExcept((byte)0))
            {
                mask[i / 8] |= (byte)(1 << (i % 8));
                values.AddRange(element);
            }
        }

        return (Tensor.Of<byte>(mask, mask.Length), new Tensor(tensor.Type, [values.Count / size], values.ToArray()));
    }
}
