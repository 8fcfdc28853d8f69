using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// A transposed convolution with constant weights as an ordinary one. Outputs whose place is p modulo the stride s see the taps p, p + s, ... of the kernel and neighbouring
/// inputs: a convolution with stride 1. One convolution gives the s outputs of each block as channels, which DepthToSpace puts in their places. Shi et al., Is the
/// deconvolution layer the same as a convolutional layer?, https://arxiv.org/abs/1609.07009
/// </summary>
/// <remarks>With f = o + pad the place of output o in what is not cut off, block j has the places s * (j + pad / s) + p, and sees the inputs j + pad / s - t at its taps t.</remarks>
internal sealed class ConvPhases
{
    private readonly FunctionContext _f;
    private readonly Value _x;
    private readonly Tensor _w;
    private readonly long _groups;
    private readonly ConvTransposeWindow _window;
    private readonly long[] _kernel;

    // For each spatial axis: outputs of a block, taps of the convolution and their dilation, its pads, and what of its outputs is cut off.
    private readonly long[] _phases;
    private readonly long[] _taps;
    private readonly long[] _dilations;
    private readonly long[] _padsBegin;
    private readonly long[] _padsEnd;
    private readonly long[] _cutBegin;
    private readonly long[] _cutEnd;

    private ConvPhases(FunctionContext f, Value x, Tensor w)
    {
        (_f, _x, _w) = (f, x, w);
        _groups = f.Attributes.Get("group", 1L);
        _window = ConvTransposeWindow.Of(f.Attributes, x.Type, w.TensorType);
        _kernel = [.. _window.Kernel.Select(size => size.Constant)];
        _phases = _window.Strides;
        var count = _phases.Length;
        _dilations = [.. Enumerable.Range(0, count).Select(axis => _phases[axis] == 1 ? _window.Dilations[axis] : 1)];
        _taps = [.. Enumerable.Range(0, count).Select(axis => _phases[axis] == 1 ? _kernel[axis] : CeilDiv(((_kernel[axis] - 1) * _window.Dilations[axis]) + 1, _phases[axis]))];
        (_padsBegin, _padsEnd, _cutBegin, _cutEnd) = (new long[count], new long[count], new long[count], new long[count]);
    }

    private long Phases => _phases.Aggregate(1L, (product, phases) => product * phases);

    /// <summary>Puts the convolution in the node's place; false where the weights are not constant, or pads are larger than the kernel.</summary>
    public static bool TryExpand(FunctionContext f)
    {
        var (x, w) = (f.Require(0), f.Require(1));
        if (w.Constant is not { } weights || w.Type.Rank != x.Type.Rank || x.Type.Rank < 3 || !x.Type[1].Equals(w.Type[0]) || w.Type[0].Constant % f.Attributes.Get("group", 1L) != 0)
        {
            return false;
        }

        var phases = new ConvPhases(f, x, weights);
        if (!Enumerable.Range(0, x.Type.Rank - 2).All(phases.TryPlace))
        {
            return false;
        }

        phases.Expand();
        return true;
    }

    private static long CeilDiv(long dividend, long divisor) => (dividend + divisor - 1) / divisor;

    // The pads of the convolution along an axis, and what of its blocks lies outside the output.
    private bool TryPlace(int axis)
    {
        var (stride, reach) = (_phases[axis], (_taps[axis] - 1) * _dilations[axis]);
        if (!_window.PadsBegin[axis].IsConstant)
        {
            return false;
        }

        var pad = _window.PadsBegin[axis].Constant;
        var (skipped, cut) = (pad / stride, pad % stride);
        var length = _window.Output[axis] + cut - ((_x.Type[axis + 2] - 1) * stride);
        if (!length.IsConstant || reach < skipped || _window.Output[axis] is { IsConstant: true, Constant: < 1 })
        {
            return false;
        }

        // Blocks that begin before the last place, one for each input and so many more.
        var more = (long)Math.Ceiling(length.Constant / (double)stride) - 1;
        (_padsBegin[axis], _cutBegin[axis]) = (reach - skipped, cut);
        var padEnd = more + reach - _padsBegin[axis];
        _padsEnd[axis] = Math.Max(0, padEnd);
        _cutEnd[axis] = ((more + 1 + _padsEnd[axis] - padEnd) * stride) - length.Constant;
        return true;
    }

    private void Expand()
    {
        // Channels that are convolved each for itself have a fast kernel, which knows one output for each.
        var isDepthwise = _groups > 1 && _groups == _w.Dims[0] && _w.Dims[1] == 1;
        var y = isDepthwise && Phases > 1
            ? _f.Add("Concat", Attributes.Of(("axis", 1)), [.. Enumerable.Range(0, (int)Phases).Select(phase => Convolve(phase, 1))])
            : Convolve(0, Phases);
        y = Phases == 1 ? y : Interleave(y, isDepthwise ? 1 : _groups);
        if (_cutBegin.Any(cut => cut > 0) || _cutEnd.Any(cut => cut > 0))
        {
            var axes = _f.Constant([.. Enumerable.Range(2, _phases.Length).Select(axis => (long)axis)]);
            y = _f.Add("Slice", y, _f.Constant(_cutBegin), _f.Constant([.. _cutEnd.Select(cut => cut == 0 ? long.MaxValue : -cut)]), axes);
        }

        _f.Output(0, _f.Input(2) is { Constant: null } bias ? _f.Add("Add", y, _f.AlongChannels(bias, y.Type.Rank)) : y);
    }

    // The convolution that gives some of the phases.
    private Value Convolve(long first, long count)
    {
        var ones = Enumerable.Repeat(1L, _phases.Length).ToArray();
        var attributes = Attributes.Of(("strides", ones), ("dilations", _dilations), ("pads", (long[])[.. _padsBegin, .. _padsEnd]), ("group", _groups));
        return _f.Add("Conv", attributes, _x, _f.Constant(Weights(first, count)), _f.Input(2)?.Constant is { } bias ? _f.Constant(Bias(bias, count)) : null);
    }

    // [groups * phases * outputs of a group, inputs of a group, taps], of which each is a tap of the kernel or zero.
    private Tensor Weights(long first, long count)
    {
        var (inputs, outputs, size) = (_w.Dims[0] / _groups, _w.Dims[1], _w.Type.SizeInBytes());
        var taps = _taps.Aggregate(1L, (product, length) => product * length);
        var kernel = _kernel.Aggregate(1L, (product, length) => product * length);
        var bytes = new byte[checked(_groups * count * outputs * inputs * taps * size)];
        var to = 0;
        foreach (var (group, phase, output, input) in
            from g in Range(_groups) from p in Range(count) from m in Range(outputs) from c in Range(inputs) select (g, first + p, m, c))
        {
            var from = ((((group * inputs) + input) * outputs) + output) * kernel;
            for (var tap = 0L; tap < taps; tap++, to += size)
            {
                if (KernelIndex(phase, tap) is { } index)
                {
                    _w.Bytes.Slice((int)((from + index) * size), size).CopyTo(bytes.AsSpan(to));
                }
            }
        }

        return new Tensor(_w.Type, [_groups * count * outputs, inputs, .. _taps], bytes);
    }

    private static IEnumerable<long> Range(long count) => Enumerable.Range(0, (int)count).Select(i => (long)i);

    // Which value of the kernel a phase sees at a tap: the kernel is turned round.
    private long? KernelIndex(long phase, long tap)
    {
        var (index, step) = (0L, 1L);
        for (var axis = _phases.Length - 1; axis >= 0; axis--)
        {
            var turned = _taps[axis] - 1 - (tap % _taps[axis]);
            var place = (phase % _phases[axis]) + (_phases[axis] * turned);
            var dilation = _phases[axis] == 1 ? 1 : _window.Dilations[axis];
            if (place % dilation != 0 || place / dilation >= _kernel[axis])
            {
                return null;
            }

            index += place / dilation * step;
            step *= _kernel[axis];
            (tap, phase) = (tap / _taps[axis], phase / _phases[axis]);
        }

        return index;
    }

    private Tensor Bias(Tensor bias, long count)
    {
        var (outputs, size) = ((int)_w.Dims[1], bias.Type.SizeInBytes());
        var bytes = new List<byte>();
        for (var group = 0; group < _groups; group++)
        {
            for (var phase = 0; phase < count; phase++)
            {
                bytes.AddRange(bias.Bytes.Slice(group * outputs * size, outputs * size));
            }
        }

        return new Tensor(bias.Type, [bytes.Count / size], bytes.ToArray());
    }

    // [N, groups * phases * outputs, blocks...] with every phase in its place.
    private Value Interleave(Value y, long groups)
    {
        var count = _phases.Length;
        if (groups == 1 && count == 2 && _phases[0] == _phases[1])
        {
            return _f.Add("DepthToSpace", Attributes.Of(("blocksize", _phases[0])), y);
        }

        Dim channels = y.Type[1].Constant / (groups * Phases);
        Dim[] blocks = [.. y.Type.Shape.Skip(2)];
        var apart = ConvDepth.Reshape(_f, y, [y.Type[0], groups, .. _phases.Select(phases => (Dim)phases), channels, .. blocks]);
        long[] order = [0, 1, 2 + count, .. Enumerable.Range(0, count).SelectMany(axis => new long[] { 3 + count + axis, 2 + axis })];
        var placed = _f.Add("Transpose", Attributes.Of(("perm", order)), apart);
        return ConvDepth.Reshape(_f, placed, [y.Type[0], channels * groups, .. blocks.Select((dim, axis) => dim * _phases[axis])]);
    }
}
