using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The sliding window of a convolution or a pooling operator: the attributes kernel_shape, strides, dilations, pads, auto_pad and ceil_mode with their defaults,
/// and the output's size along each spatial axis. One meaning for all of them: https://onnx.ai/onnx/operators/onnx__Conv.html, onnx__MaxPool.html.
/// </summary>
internal sealed class Window
{
    private readonly string _mode;

    private Window(
        IReadOnlyList<Dim> kernel, long[] strides, long[] dilations, IReadOnlyList<Dim> padsBegin, IReadOnlyList<Dim> padsEnd, IReadOnlyList<Dim> output, bool ceilMode, string mode)
    {
        _mode = mode;
        KernelSizes = kernel;
        Strides = strides;
        Dilations = dilations;
        PadsBegin = padsBegin;
        PadsEnd = padsEnd;
        Output = output;
        CeilMode = ceilMode;
    }

    /// <summary>The window's size along each axis, where weights give it that a run makes.</summary>
    public IReadOnlyList<Dim> KernelSizes { get; }

    /// <summary>The window's size along each axis, which is known.</summary>
    public long[] Kernel => [.. KernelSizes.Select(size => size.Constant)];

    public long[] Strides { get; }

    public long[] Dilations { get; }

    /// <summary>Padding in front of each axis; with auto_pad it may depend on sizes that are not known yet.</summary>
    public IReadOnlyList<Dim> PadsBegin { get; }

    /// <summary>Padding behind each axis.</summary>
    public IReadOnlyList<Dim> PadsEnd { get; }

    /// <summary>Whether there is no padding, whatever the input's size.</summary>
    public bool IsUnpadded => PadsBegin.Concat(PadsEnd).All(pad => pad.Equals(Dim.Zero));

    /// <summary>Output size along each spatial axis.</summary>
    public IReadOnlyList<Dim> Output { get; }

    public bool CeilMode { get; }

    /// <summary>Whether every output sees the one input at its own place.</summary>
    public bool IsPointwise => KernelSizes.All(size => size.Equals(Dim.One)) && Strides.All(stride => stride == 1) && IsUnpadded;

    /// <summary>Reads the attributes.</summary>
    /// <param name="attributes">The node's attributes.</param>
    /// <param name="input">Input size along each spatial axis.</param>
    /// <param name="kernel">The filter's size where the weights give it; null where the attribute must.</param>
    /// <exception cref="OperatorException">The attributes contradict each other or the input.</exception>
    public static Window Of(Attributes attributes, IReadOnlyList<Dim> input, long[]? kernel) =>
        OfWeights(attributes, input, [.. (kernel ?? attributes.Require<long[]>("kernel_shape")).Select(size => (Dim)size)]);

    /// <summary>Reads the attributes; the filter's size is that of weights, which a run may make.</summary>
    /// <inheritdoc cref="Of"/>
    public static Window OfWeights(Attributes attributes, IReadOnlyList<Dim> input, IReadOnlyList<Dim> size)
    {
        var ones = Enumerable.Repeat(1L, input.Count).ToArray();
        if (attributes.Ints("kernel_shape") is { } declared && !declared.Select(length => (Dim)length).SequenceEqual(size))
        {
            throw new OperatorException($"kernel_shape [{string.Join(",", declared)}] is not the shape of the weights, [{string.Join(",", size)}]");
        }

        var strides = attributes.Ints("strides", ones);
        var dilations = attributes.Ints("dilations", ones);
        Require(input.Count, [.. size.Select(length => length.IsConstant ? length.Constant : 1)], strides, dilations);
        var (ceil, mode) = (attributes.Flag("ceil_mode"), attributes.Get("auto_pad", "NOTSET"));
        if (mode is "SAME_UPPER" or "SAME_LOWER")
        {
            var total = Enumerable.Range(0, input.Count).Select(axis => SamePadding(input[axis], ((size[axis] - 1) * dilations[axis]) + 1, strides[axis])).ToArray();
            Dim[] smaller = [.. total.Select(pad => Dim.FloorDiv(pad, 2))], larger = [.. total.Zip(smaller, (pad, half) => pad - half)];
            var (before, after) = mode == "SAME_UPPER" ? (smaller, larger) : (larger, smaller);
            return new Window(size, strides, dilations, before, after, [.. input.Zip(strides, (length, stride) => Dim.CeilDiv(length, stride))], ceil, mode);
        }

        var (begin, end) = Pads(attributes, input.Count, mode);
        var output = Enumerable.Range(0, input.Count).Select(axis => OutputSize(input[axis], size[axis], strides[axis], dilations[axis], begin[axis], end[axis], ceil)).ToArray();
        return new Window(size, strides, dilations, [.. begin.Select(pad => (Dim)pad)], [.. end.Select(pad => (Dim)pad)], output, ceil, mode);
    }

    /// <summary>Has a run check that weights have the size that kernel_shape says, where it is not known.</summary>
    public static void RequireKernel(InferContext context, int weights)
    {
        var rank = context.Type(weights).Rank;
        foreach (var (axis, size) in (context.Attributes.Ints("kernel_shape") ?? []).Index().Where(size => size.Index < rank - 2))
        {
            _ = context.HasSize(weights, axis + 2, size);
        }
    }

    /// <summary>The same window as attributes, with explicit pads if they are known, in front of each an axis of length 1 until there are two.</summary>
    public Attributes ToAttributes()
    {
        long[] Two(long[] values, long filler) => values.Length == 1 ? [filler, values[0]] : values;
        long[] Pads(IReadOnlyList<Dim> pads) => Two([.. pads.Select(pad => pad.Constant)], 0);
        return Attributes.Of(
            ("kernel_shape", Two(Kernel, 1)),
            ("strides", Two(Strides, 1)),
            ("dilations", Two(Dilations, 1)),
            ("ceil_mode", CeilMode ? 1L : 0L),
            PadsBegin.Concat(PadsEnd).All(pad => pad.IsConstant) ? ("pads", (long[])[.. Pads(PadsBegin), .. Pads(PadsEnd)]) : ("auto_pad", _mode));
    }

    private static void Require(int axes, params long[][] values)
    {
        if (values.Any(value => value.Length != axes || value.Any(v => v is < 1 or > int.MaxValue)))
        {
            throw new OperatorException($"kernel_shape, strides and dilations must each be {axes} positive numbers");
        }
    }

    private static (long[] Begin, long[] End) Pads(Attributes attributes, int axes, string mode)
    {
        if (mode is not ("NOTSET" or "VALID"))
        {
            throw new OperatorException($"auto_pad \"{mode}\" is not defined");
        }

        var pads = mode == "VALID" ? new long[2 * axes] : attributes.Ints("pads", new long[2 * axes]);
        return pads.Length == 2 * axes && pads.All(pad => pad is >= 0 and <= int.MaxValue)
            ? (pads[..axes], pads[axes..])
            : throw new OperatorException($"pads [{string.Join(",", pads)}] must be {2 * axes} numbers of at least 0");
    }

    // So much that there are ceil(input / stride) outputs.
    private static Dim SamePadding(Dim input, Dim extent, long stride) =>
        stride == 1 ? extent - Dim.One : Dim.Max(Dim.Zero, ((Dim.CeilDiv(input, stride) - 1) * stride) + extent - input);

    private static Dim OutputSize(Dim input, Dim kernel, long stride, long dilation, long begin, long end, bool ceil)
    {
        var extent = ((kernel - 1) * dilation) + 1;
        var span = input + begin + end - extent;
        if (span.IsConstant && span.Constant < 0)
        {
            throw new OperatorException($"a window of {extent} does not fit into {input} values with pads {begin} and {end}");
        }

        var output = (ceil ? Dim.CeilDiv(span, stride) : Dim.FloorDiv(span, stride)) + 1;

        // A window that would start behind the input and its first pad is left out; there can be one where the last pad is long.
        return ceil && !(extent.IsConstant && end + stride <= extent.Constant) ? Dim.Min(output, Dim.CeilDiv(input + begin, stride)) : output;
    }
}
