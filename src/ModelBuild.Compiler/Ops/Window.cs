using System;
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
    private Window(long[] kernel, long[] strides, long[] dilations, long[] padsBegin, long[] padsEnd, IReadOnlyList<Dim> output, bool ceilMode)
    {
        Kernel = kernel;
        Strides = strides;
        Dilations = dilations;
        PadsBegin = padsBegin;
        PadsEnd = padsEnd;
        Output = output;
        CeilMode = ceilMode;
    }

    public long[] Kernel { get; }

    public long[] Strides { get; }

    public long[] Dilations { get; }

    public long[] PadsBegin { get; }

    public long[] PadsEnd { get; }

    /// <summary>Output size along each spatial axis.</summary>
    public IReadOnlyList<Dim> Output { get; }

    public bool CeilMode { get; }

    /// <summary>Reads the attributes.</summary>
    /// <param name="attributes">The node's attributes.</param>
    /// <param name="input">Input size along each spatial axis.</param>
    /// <param name="kernel">The filter's size where the weights give it; null where the attribute must.</param>
    /// <exception cref="OperatorException">The attributes contradict each other or the input.</exception>
    public static Window Of(Attributes attributes, IReadOnlyList<Dim> input, long[]? kernel)
    {
        var ones = Enumerable.Repeat(1L, input.Count).ToArray();
        var size = kernel ?? attributes.Require<long[]>("kernel_shape");
        if (attributes.Ints("kernel_shape") is { } declared && !declared.SequenceEqual(size))
        {
            throw new OperatorException($"kernel_shape [{string.Join(",", declared)}] is not the shape of the weights, [{string.Join(",", size)}]");
        }

        var strides = attributes.Ints("strides", ones);
        var dilations = attributes.Ints("dilations", ones);
        Require(input.Count, size, strides, dilations);
        var (begin, end) = Pads(attributes, input, size, strides, dilations);
        var ceil = attributes.Flag("ceil_mode");
        var output = Enumerable.Range(0, input.Count).Select(axis => OutputSize(input[axis], size[axis], strides[axis], dilations[axis], begin[axis], end[axis], ceil)).ToArray();
        return new Window(size, strides, dilations, begin, end, output, ceil);
    }

    /// <summary>The same window as attributes with explicit pads, in front of each an axis of length 1 until there are two.</summary>
    public Attributes ToAttributes()
    {
        long[] Two(long[] values, long filler) => values.Length == 1 ? [filler, values[0]] : values;
        return Attributes.Of(
            ("kernel_shape", Two(Kernel, 1)),
            ("strides", Two(Strides, 1)),
            ("dilations", Two(Dilations, 1)),
            ("pads", (long[])[.. Two(PadsBegin, 0), .. Two(PadsEnd, 0)]),
            ("ceil_mode", CeilMode ? 1L : 0L));
    }

    private static void Require(int axes, params long[][] values)
    {
        if (values.Any(value => value.Length != axes || value.Any(v => v is < 1 or > int.MaxValue)))
        {
            throw new OperatorException($"kernel_shape, strides and dilations must each be {axes} positive numbers");
        }
    }

    private static (long[] Begin, long[] End) Pads(Attributes attributes, IReadOnlyList<Dim> input, long[] kernel, long[] strides, long[] dilations)
    {
        var axes = input.Count;
        var mode = attributes.Get("auto_pad", "NOTSET");
        if (mode is "NOTSET" or "VALID")
        {
            var pads = mode == "VALID" ? new long[2 * axes] : attributes.Ints("pads", new long[2 * axes]);
            return pads.Length == 2 * axes && pads.All(pad => pad is >= 0 and <= int.MaxValue)
                ? (pads[..axes], pads[axes..])
                : throw new OperatorException($"pads [{string.Join(",", pads)}] must be {2 * axes} numbers of at least 0");
        }

        if (mode is not ("SAME_UPPER" or "SAME_LOWER"))
        {
            throw new OperatorException($"auto_pad \"{mode}\" is not defined");
        }

        var (begin, end) = (new long[axes], new long[axes]);
        for (var axis = 0; axis < axes; axis++)
        {
            var total = SamePadding(input[axis], ((kernel[axis] - 1) * dilations[axis]) + 1, strides[axis]);
            begin[axis] = mode == "SAME_UPPER" ? total / 2 : total - (total / 2);
            end[axis] = total - begin[axis];
        }

        return (begin, end);
    }

    // So much that there are ceil(input / stride) outputs.
    private static long SamePadding(Dim input, long extent, long stride)
    {
        if (stride == 1)
        {
            return extent - 1;
        }

        if (!input.IsConstant)
        {
            throw OperatorException.Unsupported($"auto_pad with stride {stride} over the dimension {input}, whose size is not known, is not supported", "Fix the size with Dimensions, or export the model with explicit pads.");
        }

        var outputs = (input.Constant + stride - 1) / stride;
        return Math.Max(0, ((outputs - 1) * stride) + extent - input.Constant);
    }

    private static Dim OutputSize(Dim input, long kernel, long stride, long dilation, long begin, long end, bool ceil)
    {
        var extent = checked(((kernel - 1) * dilation) + 1);
        var span = input + begin + end - extent;
        if (span.IsConstant && span.Constant < 0)
        {
            throw new OperatorException($"a window of {extent} does not fit into {input} values with pads {begin} and {end}");
        }

        var output = (ceil ? Dim.CeilDiv(span, stride) : Dim.FloorDiv(span, stride)) + 1;

        // A window that would start behind the input and its first pad is left out; there can be one where the last pad is long.
        return ceil && end + stride > extent ? Dim.Min(output, Dim.CeilDiv(input + begin, stride)) : output;
    }
}
