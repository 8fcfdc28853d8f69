using System;
using System.Collections.Generic;
using System.Linq;

namespace ModelBuild.Compiler.IR;

/// <summary>Checks what every graph must hold, after every pass.</summary>
internal static class GraphVerifier
{
    /// <exception cref="InvalidOperationException">The graph is broken; the message names the value.</exception>
    public static void Verify(Graph graph)
    {
        var defined = new HashSet<Value>(graph.Inputs);
        var names = new Dictionary<string, Value>(StringComparer.Ordinal);
        foreach (var input in graph.Inputs)
        {
            names.Add(input.Name, input);
        }

        foreach (var node in graph.Nodes)
        {
            foreach (var input in node.Inputs.OfType<Value>())
            {
                Require(input.IsConstant || defined.Contains(input), $"%{input.Name} is used by {node.Op.QualifiedName} before anything produces it");
            }

            foreach (var output in node.Outputs.OfType<Value>())
            {
                Require(defined.Add(output), $"%{output.Name} is produced twice");
                Require(names.TryAdd(output.Name, output), $"the name %{output.Name} is used for two values");
            }

            VerifyTypes(node);
            foreach (var body in node.Bodies)
            {
                Verify(body);
            }
        }

        foreach (var output in graph.Outputs)
        {
            Require(output.Value.IsConstant || defined.Contains(output.Value), $"nothing produces output %{output.Value.Name}");
        }
    }

    private static void VerifyTypes(Node node)
    {
        var context = new Ops.InferContext(node.Version, node.Inputs, node.Attributes, node.Outputs.Count);
        node.Op.Infer(context);
        for (var i = 0; i < node.Outputs.Count; i++)
        {
            if (node.Outputs[i] is { } output)
            {
                Require(context.Result(i)?.Type.Equals(output.Type) == true, $"{output} has another type than its operator gives, {context.Result(i)?.Type}");
            }
        }
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new InvalidOperationException(message);
        }
    }
}
