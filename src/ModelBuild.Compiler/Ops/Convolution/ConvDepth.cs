using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// A convolution over three or more spatial axes as one over an axis less. What the kernel sees along the first spatial axis lies side by side as channels: the sum over
/// that axis is a sum over channels, for which the weights need no other order. Slices along the axis become images of their own.
/// </summary>
internal static class ConvDepth
{
    /// <summary>Adds the nodes; false where the padding depends on sizes that are not known yet.</summary>
    public static bool TryExpand(FunctionContext f)
    {
        var (x, w) = (f.Require(0), f.Require(1));
        var rank = x.Type.Rank;
        var window = Window.Of(f.Attributes, [.. x.Type.Shape.Skip(2)], [.. w.Type.Shape.Skip(2).Select(dim => dim.Constant)]);
        if (window.PadsBegin.Concat(window.PadsEnd).Any(pad => !pad.IsConstant))
        {
            return false;
        }

        Dim[] rest = [.. x.Type.Shape.Skip(3)];

        var seen = Seen(f, x, window);
        var depth = seen.Type[3];
        long[] imagesFirst = [0, 3, 1, 2, .. Enumerable.Range(4, rank - 3).Select(axis => (long)axis)];
        var images = Reshape(f, f.Add("Transpose", Attributes.Of(("perm", imagesFirst)), seen), [x.Type[0] * depth, x.Type[1] * window.Kernel[0], .. rest]);
        var weights = Reshape(f, w, [w.Type[0], w.Type[1] * window.Kernel[0], .. w.Type.Shape.Skip(3)]);
        var y = f.Add("Conv", Rest(window).With("group", f.Attributes.Get("group", 1L)), images, weights, f.Input(2));
        long[] channelsFirst = [0, 2, 1, .. Enumerable.Range(3, rank - 3).Select(axis => (long)axis)];
        f.Output(0, f.Add("Transpose", Attributes.Of(("perm", channelsFirst)), Reshape(f, y, [x.Type[0], depth, w.Type[0], .. y.Type.Shape.Skip(2)])));
        return true;
    }

    /// <summary>The value with other dimensions.</summary>
    public static Value Reshape(FunctionContext f, Value value, IReadOnlyList<Dim> shape) => shape.Count(dim => !dim.IsConstant) <= 1
        ? f.Add("Reshape", value, f.Constant([.. shape.Select(dim => dim.IsConstant ? dim.Constant : -1)]))
        : f.Add($"{Op.OwnDomain}.{nameof(View)}", View.To(shape), value);

    // [N, C, kernel, outputs, ...]: along the first spatial axis, what each output sees.
    private static Value Seen(FunctionContext f, Value x, Window window)
    {
        var (kernel, stride, dilation) = (window.Kernel[0], window.Strides[0], window.Dilations[0]);
        if (!window.PadsBegin[0].Equals(Dim.Zero) || !window.PadsEnd[0].Equals(Dim.Zero))
        {
            x = f.Padded(x, 2, window.PadsBegin[0].Constant, window.PadsEnd[0].Constant);
        }

        Value Tap(long tap)
        {
            var left = (kernel - 1 - tap) * dilation;
            var slice = kernel == 1 && stride == 1 ? x : f.Add("Slice", x, f.Constant(tap * dilation), f.Constant(left == 0 ? long.MaxValue : -left), f.Constant(2L), f.Constant(stride));
            return f.Add("Unsqueeze", slice, f.Constant(2L));
        }

        return kernel == 1 ? Tap(0) : f.Add("Concat", Attributes.Of(("axis", 2)), [.. Enumerable.Range(0, (int)kernel).Select(tap => Tap(tap))]);
    }

    private static Attributes Rest(Window window) => Attributes.Of(
        ("strides", window.Strides[1..]), ("dilations", window.Dilations[1..]), ("pads", (long[])[.. window.PadsBegin.Skip(1).Concat(window.PadsEnd.Skip(1)).Select(pad => pad.Constant)]));
}
