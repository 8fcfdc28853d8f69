using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The derivatives of the sum of a value's elements by other values of the graph. https://onnx.ai/onnx/operators/onnx_aionnxpreviewtraining_Gradient.html
/// Versions: 1. The importer puts nodes in its place that go through the graph backwards from "y" and add up what <see cref="Derivatives"/> says of each node. Where inputs are
/// not the values that "xs" and "zs" name, the part of the graph behind them is repeated with the inputs. Rejected: operators without a derivative there.
/// </summary>
internal sealed class Gradient : Op
{
    public override string Domain => "ai.onnx.preview.training";

    public override void Infer(InferContext context) => throw new InvalidOperationException("Gradient has been expanded.");

    public override void Lower(Lowering.LowerContext context) => throw new InvalidOperationException("Gradient has been expanded.");

    /// <summary>Adds the nodes that compute the outputs.</summary>
    /// <param name="f">The node.</param>
    /// <param name="find">Gives the value of a name.</param>
    /// <param name="nodes">All nodes in front of this one, in an order in which they can run.</param>
    public static void Expand(FunctionContext f, Func<string, Value?> find, IReadOnlyList<Node> nodes)
    {
        Value Named(string name) => find(name) ?? throw new OperatorException($"there is no value \"{name}\"");
        var xs = f.Attributes.Require<string[]>("xs").Select(Named).ToArray();
        Value[] sources = [.. xs, .. f.Attributes.Get<string[]>("zs", []).Select(Named)];
        var y = Named(f.Attributes.Require<string>("y"));
        if (f.InputCount != sources.Length)
        {
            throw new OperatorException($"it has {f.InputCount} inputs for the {sources.Length} names in xs and zs");
        }

        if (y.IsConstant || !y.Type.Element.IsFloatingPoint())
        {
            throw y.IsConstant ? OperatorException.Unsupported($"\"{y.Name}\" is constant") : new OperatorException($"\"{y.Name}\" is {y.Type}, which has no derivatives");
        }

        var path = Between(nodes, sources, y);
        var given = new Dictionary<Value, Value>();
        foreach (var (source, index) in sources.Select((source, index) => (source, index)))
        {
            given[source] = f.Require(index);
        }

        if (given.Any(pair => pair.Key != pair.Value))
        {
            (path, y) = Repeat(f, path, given, y);
        }

        var backwards = new Derivatives(f, path, [.. xs.Select(x => given[x])], y);
        foreach (var (x, index) in xs.Select((x, index) => (x, index)))
        {
            f.Output(index, backwards.By(given[x]));
        }
    }

    // The nodes that depend on the sources, and that y depends on.
    private static Node[] Between(IReadOnlyList<Node> nodes, IReadOnlyList<Value> sources, Value y)
    {
        var dependent = new HashSet<Value>(sources);
        foreach (var node in nodes.Where(node => node.Inputs.Any(input => input is not null && dependent.Contains(input)) && !node.Outputs.Any(output => output is not null && dependent.Contains(output))))
        {
            dependent.UnionWith(node.Outputs.OfType<Value>());
        }

        var needed = new HashSet<Value> { y };
        var path = new List<Node>();
        foreach (var node in nodes.Reverse().Where(node => node.Outputs.Any(output => output is not null && needed.Contains(output) && dependent.Contains(output) && !sources.Contains(output))))
        {
            needed.UnionWith(node.Inputs.OfType<Value>());
            path.Insert(0, node);
        }

        return [.. path];
    }

    private static (Node[] Path, Value Y) Repeat(FunctionContext f, Node[] path, Dictionary<Value, Value> values, Value y)
    {
        if (values.FirstOrDefault(pair => !pair.Key.Type.Equals(pair.Value.Type)) is { Key: { } named, Value: { } input })
        {
            throw OperatorException.Unsupported($"derivatives at {input.Type} of what was computed from {named.Type} are not supported");
        }

        if (path.FirstOrDefault(node => node.Symbols.Any() || node.Bodies.Any()) is { } flow)
        {
            throw OperatorException.Unsupported($"derivatives at other values than those of the graph are not supported through {flow.Op.QualifiedName}");
        }

        var repeated = new List<Node>();
        foreach (var node in path)
        {
            Value?[] inputs = [.. node.Inputs.Select(operand => operand is null ? null : values.GetValueOrDefault(operand, operand))];
            var outputs = f.Repeat(node, inputs);
            foreach (var (old, now) in node.Outputs.Zip(outputs).Where(pair => pair.First is not null))
            {
                values.TryAdd(old!, now!);
            }

            repeated.Add(new Node(node.Op, node.Version, inputs, outputs, node.Attributes, node.Origins));
        }

        return ([.. repeated], values[y]);
    }
}
