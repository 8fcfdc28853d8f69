using System;
using System.Collections.Generic;
using ModelBuild.Compiler.Ops;

namespace ModelBuild.Compiler.IR;

/// <summary>Makes nodes whose outputs have the types that the operator infers.</summary>
internal static class NodeFactory
{
    /// <summary>Makes a node with one output and the operator's newest definition.</summary>
    public static Node Create(string op, IReadOnlyList<Value?> inputs, Attributes attributes, IReadOnlyList<string> origins, Func<int, string> nameOf)
    {
        var definition = OpRegistry.Get(op);
        return Create(definition, definition.Versions[^1], inputs, attributes, origins, [nameOf(0)]);
    }

    /// <summary>
    /// Makes a node; <paramref name="outputNames"/> has null for outputs that are not wanted, and <paramref name="newSymbol"/> names sizes that only a run finds out.
    /// </summary>
    /// <exception cref="OperatorException">The operator refuses the node.</exception>
    public static Node Create(Op op, int version, IReadOnlyList<Value?> inputs, Attributes attributes, IReadOnlyList<string> origins, IReadOnlyList<string?> outputNames, Func<string, string>? newSymbol = null)
    {
        var context = new InferContext(version, inputs, attributes, outputNames.Count, newSymbol);
        op.Infer(context);
        var outputs = new Value?[outputNames.Count];
        for (var i = 0; i < outputs.Length; i++)
        {
            if (outputNames[i] is { } name)
            {
                var (type, elements) = context.Result(i) ?? throw new OperatorException($"output {i} (\"{name}\") is not defined by the operator");
                outputs[i] = Value.Of(name, type, elements);
            }
        }

        return new Node(op, version, inputs, outputs, context.Completed, origins);
    }
}
