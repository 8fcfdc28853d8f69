using System;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Ops;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Passes;

/// <summary>
/// A convolution to few channels, such as the last one of a network that makes an image, leaves most lanes of its vectors empty. It becomes one that computes p neighbouring
/// pixels of a row as p times as many channels: its filters are p copies of the old ones, each a stride further right and zero elsewhere, so it has a few taps more and a
/// p-th of the pixels. What is NHWC with the pixels as channels is NHWC with the pixels as pixels, too. Numbers change only where an infinity or a NaN meets a zero weight.
/// </summary>
internal sealed class WidenNarrowConvolution : Pass
{
    // Channels of the narrowest tile.
    private const int Lanes = 16;

    // A smaller gain is not worth the weights, nor the estimate's error.
    private const double LargestShare = 0.7;

    // With fewer products for an output, storing it counts for more than computing it.
    private const int LeastDepth = 24;

    public override Graph Run(Graph graph)
    {
        var editor = new GraphEditor(graph);
        foreach (var node in graph.Nodes.Where(node => node.Is("ConvNhwc", Op.OwnDomain)))
        {
            if (Pixels(node) is { } pixels)
            {
                Widen(editor, node, pixels);
            }
        }

        return editor.ToGraph();
    }

    // How many pixels to compute together; null where the node should stay as it is.
    private static int? Pixels(Node node)
    {
        if (node.Inputs[0]!.Type.Element != ElementType.Float || node.Inputs[1]!.Constant is not { Dims: [var outputs, var inputs, var height, var width] }
            || node.Input(3) is not null || node.Attributes.Int("group", 1) != 1 || ConvPooling.Of(node.Attributes) != 1
            || !node.Output.Type[2].IsConstant || node.Attributes.Ints("pads") is not { Length: 4 } pads || inputs * height * width < LeastDepth)
        {
            return null;
        }

        var (columns, stride, dilation) = (node.Output.Type[2].Constant, Step(node, "strides"), Step(node, "dilations"));
        var geometry = new ConvGeometry(node);
        var now = geometry.IsWinograd ? Math.Min(1, WinogradCost.Share((int)inputs, (int)outputs, (int)height, node.Output.Type[1], node.Output.Type[2])) : 1;

        // The operations on vectors for a pixel, in parts of what they are now. Without padding there is nowhere to put the columns of a last block that is not full.
        double Share(long pixels) => Taps(width, pixels, stride, dilation) * Blocks(columns, pixels) / (double)(width * columns);
        var best = Enumerable.Range(2, Lanes).Where(pixels => pixels * outputs <= Lanes && pixels <= columns && (columns % pixels == 0 || pads.Any(pad => pad > 0))).DefaultIfEmpty(1).MinBy(pixels => Share(pixels));
        return best > 1 && Share(best) <= LargestShare * now ? best : null;
    }

    private static long Step(Node node, string attribute) => node.Attributes.Ints(attribute) is [_, var step] ? step : 1;

    // Where copies of a dilated filter do not meet, its taps are spread out.
    private static long Taps(long width, long pixels, long stride, long dilation) =>
        dilation == 1 ? width + ((pixels - 1) * stride) : ((width - 1) * dilation) + 1 + ((pixels - 1) * stride);

    private static long Blocks(long columns, long pixels) => (columns + pixels - 1) / pixels;

    private static void Widen(GraphEditor editor, Node node, int pixels)
    {
        var (x, y, w) = (node.Inputs[0]!, node.Output, node.Inputs[1]!.Constant!);
        var (stride, dilation, pads) = (Step(node, "strides"), Step(node, "dilations"), node.Attributes.Ints("pads")!);
        var (rows, columns, channels) = (y.Type[1], y.Type[2].Constant, y.Type[3].Constant);
        var computed = Blocks(columns, pixels) * pixels;
        Value Weights() => GraphEditor.Constant(node.Inputs[1]!.Name, w.Type == ElementType.Int8 ? Copies<sbyte>(w, pixels, stride, dilation) : Copies<float>(w, pixels, stride, dilation));
        Value? Repeated(int input) => node.Input(input) is { Constant: { } values } value ? GraphEditor.Constant(value.Name, Repeat(values, pixels)) : null;
        var attributes = node.Attributes
            .With("strides", (long[])[node.Attributes.Ints("strides") is [var down, _] ? down : 1, stride * pixels])
            .With("dilations", (long[])[node.Attributes.Ints("dilations") is [var apart, _] ? apart : 1, 1])
            .With("kernel_shape", (long[])[w.Dims[2], Taps(w.Dims[3], pixels, stride, dilation)])
            .With("pads", (long[])[pads[0], pads[1], pads[2], pads[3] + ((computed - columns) * stride)]);
        var wide = editor.Node(
            "modelbuild.ConvNhwc",
            node.Input(4) is null ? [x, Weights(), Repeated(2)] : [x, Weights(), Repeated(2), null, Repeated(4)],
            attributes,
            [node],
            $"{y.Name}_wide");
        if (computed == columns)
        {
            editor.Replace([node], [wide, GraphEditor.NodeFor(y, "modelbuild.View", [wide.Output], View.To(y.Type.Shape), [node])], y);
            return;
        }

        static Value Number(string name, long value) => GraphEditor.Constant(name, Tensor.Of<long>([value], 1));
        var all = editor.Node("modelbuild.View", [wide.Output], View.To(y.Type[0], rows, computed, channels), [node], $"{y.Name}_columns");
        var cut = GraphEditor.NodeFor(y, "Slice", [all.Output, Number("start", 0), Number("end", columns), Number("axis", 2)], Attributes.None, [node]);
        editor.Replace([node], [wide, all, cut], y);
    }

    // w [M, C, kH, kW] becomes [pixel * M, C, kH, taps].
    private static Tensor Copies<T>(Tensor w, int pixels, long stride, long dilation)
        where T : unmanaged
    {
        var (outputs, width) = (w.Dims[0], w.Dims[3]);
        var (filterRows, taps) = (w.Dims[1] * w.Dims[2], Taps(w.Dims[3], pixels, stride, dilation));
        var values = w.As<T>();
        var result = new T[pixels * outputs * filterRows * taps];
        for (var pixel = 0L; pixel < pixels; pixel++)
        {
            for (var row = 0L; row < outputs * filterRows; row++)
            {
                for (var tap = 0L; tap < width; tap++)
                {
                    result[(((pixel * outputs * filterRows) + row) * taps) + (pixel * stride) + (tap * dilation)] = values[(int)((row * width) + tap)];
                }
            }
        }

        return Tensor.Of<T>(result, pixels * outputs, w.Dims[1], w.Dims[2], taps);
    }

    // A value for each output becomes one for each output of each pixel.
    private static Tensor Repeat(Tensor outputs, int pixels)
    {
        float[] values = [.. Enumerable.Repeat(outputs.As<float>().ToArray(), pixels).SelectMany(copy => copy)];
        return Tensor.Of<float>(values, values.Length);
    }
}
