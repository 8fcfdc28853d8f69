using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Ops;

namespace ModelBuild.Compiler.Passes;

/// <content>
/// The maximum over a window of depth, height and width is that over depth of those over height and width, to the bit: two poolings over NHWC data, first of N * D images, then of
/// N images of D rows. A mean has no such form, since its sum would be another one.
/// </content>
internal sealed partial class ConvertLayout
{
    private static readonly long[] ChannelsLast = [0, 2, 3, 4, 1];
    private static readonly long[] ChannelsFirst = [0, 4, 1, 2, 3];

    private static bool IsDeepPool(Node node) => node.Op is MaxPool && node.Inputs[0]!.Type.Rank == 5 && HasNhwcPool(node);

    private static void ReplaceDeepPool(GraphEditor editor, Node node)
    {
        var added = new List<Node>();
        Value Add(string op, Value input, Attributes attributes, string name)
        {
            added.Add(editor.Node(op, [input], attributes, [node], $"{node.Output.Name}_{name}"));
            return added[^1].Output;
        }

        var (x, y) = (node.Inputs[0]!.Type, node.Output.Type);
        var window = Window.Of(node.Attributes, [.. x.Shape.Skip(2)], null).ToAttributes();
        var images = Add("modelbuild.View", Add("Transpose", node.Inputs[0]!, Attributes.Of(("perm", ChannelsLast)), "nhwc"), View.To(x[0] * x[2], x[3], x[4], x[1]), "images");
        var planes = Add("modelbuild.MaxPoolNhwc", images, Along(window, 1, 2), "planes");
        var rows = Add("modelbuild.View", planes, View.To(x[0], x[2], y[3] * y[4], x[1]), "rows");
        var depth = Add("modelbuild.MaxPoolNhwc", rows, Along(window, 0), "depth");
        var volumes = Add("modelbuild.View", depth, View.To(y[0], y[2], y[3], y[4], y[1]), "volumes");
        added.Add(GraphEditor.NodeFor(node.Output, "Transpose", [volumes], Attributes.Of(("perm", ChannelsFirst)), [node]));
        editor.Replace([node], added, node.Output);
    }

    // The window along some of its axes, or along one and no other.
    private static Attributes Along(Attributes window, params int[] axes)
    {
        long[] Of(string name, long otherwise, int start = 0) => [.. Enumerable.Range(0, 2).Select(i => i < axes.Length ? window.Ints(name)![start + axes[i]] : otherwise)];
        var along = window.With("kernel_shape", Of("kernel_shape", 1)).With("strides", Of("strides", 1)).With("dilations", Of("dilations", 1));
        return window.Has("pads") ? along.With("pads", (long[])[.. Of("pads", 0), .. Of("pads", 0, 3)]) : along;
    }
}
