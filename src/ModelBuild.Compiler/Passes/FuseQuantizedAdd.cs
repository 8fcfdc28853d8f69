using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Ops;

namespace ModelBuild.Compiler.Passes;

/// <summary>
/// An 8-bit convolution and the sum of its quantized output with another tensor become one kernel call.
/// </summary>
internal sealed class FuseQuantizedAdd : Pass
{
    public override Graph Run(Graph graph)
    {
        var editor = new GraphEditor(graph);
        foreach (var add in graph.Nodes.Where(node => node.Is("AddU8", Op.OwnDomain)))
        {
            foreach (var side in new[] { 0, 1 })
            {
                if (graph.ProducerOf(add.Inputs[side]) is not { Op: ConvInt8Nhwc } conv || conv.Input(4) is not null || conv.Attributes.Int("group", 1) != 1
                    || graph.OnlyConsumerOf(conv.Output) != add || editor.IsReplaced(conv))
                {
                    continue;
                }

                var attributes = add.Attributes.All.Aggregate(conv.Attributes, (all, pair) => all.With(pair.Key, pair.Value));
                if (side == 1)
                {
                    attributes = attributes
                        .With("a_scale", add.Attributes.Require<float>("b_scale")).With("a_zero", add.Attributes.Require<long>("b_zero"))
                        .With("b_scale", add.Attributes.Require<float>("a_scale")).With("b_zero", add.Attributes.Require<long>("a_zero"));
                }

                editor.Replace([conv, add], [GraphEditor.NodeFor(add.Output, conv.Op.QualifiedName, [.. conv.Inputs.Take(4), add.Inputs[1 - side]], attributes, [conv, add])], add.Output);
                break;
            }
        }

        return editor.ToGraph();
    }
}
