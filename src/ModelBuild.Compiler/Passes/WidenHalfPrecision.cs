using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Ops;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Passes;

/// <summary>
/// A model in half precision computes in 32-bit floats: no CPU that we know multiplies halves as fast, and other runtimes do the same. Its inputs and outputs stay
/// halves, of whichever of the two kinds. What the model rounds to 16 bits in between is not rounded, so results are closer to what the model means, and differ from those of a runtime that does.
/// </summary>
internal sealed class WidenHalfPrecision : Pass
{
    // From this version on QuantizeLinear has the attribute precision.
    private const int PrecisionVersion = 23;

    /// <summary>Whether anything reads halves but a Cast, and what computes as it stands. What makes halves of nothing, by an attribute, goes on doing so.</summary>
    public static bool Applies(Graph graph) => graph.Nodes.Any(node => !node.Is("Cast") && !IsKept(node) && node.Inputs.Any(IsHalf));

    public override Graph Run(Graph graph)
    {
        if (!Applies(graph))
        {
            return graph;
        }

        var names = new NameScope(graph);
        var make = new StandardNodes(names);
        var nodes = new List<Node>();
        var wide = new Dictionary<Value, Value>();

        // What a node of the new graph reads in place of a value of the old one.
        Value Wide(Value value)
        {
            if (!wide.TryGetValue(value, out var result))
            {
                result = !IsHalf(value) ? value
                    : value.Constant is { } constant ? Value.Of(names.Unique($"{value.Name}_wide"), HalfWeights.Widen(constant))
                    : Cast(value, ElementType.Float, "wide");
                wide[value] = result;
            }

            return result;
        }

        Value Cast(Value value, ElementType to, string suffix)
        {
            var cast = make.Make("Cast", [value], Attributes.Of(("to", (long)to)), [], $"{value.Name}_{suffix}");
            nodes.Add(cast);
            return cast.Output;
        }

        foreach (var node in graph.Nodes)
        {
            if (IsKept(node))
            {
                nodes.Add(node.WithInputs([.. node.Inputs.Select(input => input is null ? null : IsHalf(input) ? Half(input) : Wide(input))]));
                continue;
            }

            Value?[] inputs = [.. node.Inputs.Select(input => input is null ? null : Wide(input))];
            if (node.Is("Cast") && IsHalf(node.Output) && inputs[0]!.Type.Element == ElementType.Float)
            {
                wide[node.Output] = inputs[0]!;
                continue;
            }

            var attributes = node.Is("Cast") && IsHalf(node.Output) ? node.Attributes.With("to", node.Version < 6 ? "FLOAT" : (long)ElementType.Float) : node.Attributes;
            if (node.Is("QuantizeLinear") && node.Version >= PrecisionVersion && !attributes.Has("precision") && IsHalf(node.Inputs[1]))
            {
                // The type of the scale says how exactly it divides.
                attributes = attributes.With("precision", (long)node.Inputs[1]!.Type.Element);
            }

            var widened = NodeFactory.Create(node.Op, node.Version, inputs, attributes, node.Origins, [.. node.Outputs.Select(output => output is null ? null : NameOf(output, names))]);
            nodes.Add(widened);
            foreach (var (before, after) in node.Outputs.Zip(widened.Outputs).Where(pair => pair.First is not null))
            {
                // An operator whose attribute says that it makes halves makes them.
                wide[before!] = IsHalf(after) ? Cast(after!, ElementType.Float, "wide") : after!;
            }
        }

        GraphOutput[] outputs = [.. graph.Outputs.Select(output => output with { Value = IsHalf(output.Value) && !graph.Inputs.Contains(output.Value) ? Narrow(output) : Kept(output.Value) })];
        return new Graph(graph.Name, graph.Symbols, graph.Inputs, outputs, nodes);

        Value Half(Value value) => value.IsConstant || graph.Inputs.Contains(value) || IsKept(graph.ProducerOf(value)!) ? value : Cast(Wide(value), value.Type.Element, "half");

        Value Narrow(GraphOutput output) => output.Value.IsConstant ? output.Value : Cast(Wide(output.Value), output.Value.Type.Element, "half");

        Value Kept(Value value) => IsHalf(value) ? value : Wide(value);
    }

    private static string NameOf(Value value, NameScope names) => IsHalf(value) ? names.Unique($"{value.Name}_wide") : value.Name;

    // Graphs in a node compute as they stand, and bits are those of halves.
    private static bool IsKept(Node node) => node.Bodies.Any() || node.Is("BitCast");

    private static bool IsHalf(Value? value) => value?.Type.Element.IsHalf() ?? false;
}
