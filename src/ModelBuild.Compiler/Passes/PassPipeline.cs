using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Passes;

/// <summary>Sees the graph after a stage.</summary>
internal delegate void GraphObserver(string stage, Graph graph);

/// <summary>Runs passes in order, each until it finds nothing more to do, and checks the graph after each.</summary>
internal static class PassPipeline
{
    // A pass may take a step for every node that a transpose moves past; one that takes more than this goes round in circles.
    private const int StepsPerNode = 50;

    /// <exception cref="PassException">A pass failed or broke the graph: a bug of ours.</exception>
    public static Graph Run(Graph graph, IReadOnlyList<Pass> passes, GraphObserver? observer)
    {
        foreach (var pass in passes)
        {
            graph = Run(graph, pass);
            observer?.Invoke(pass.Name, graph);
        }

        return graph;
    }

    private static Graph Run(Graph graph, Pass pass)
    {
        try
        {
            for (var steps = StepsPerNode * (graph.Nodes.Count + 2); steps > 0; steps--)
            {
                var changed = pass.Run(graph);
                if (ReferenceEquals(changed, graph))
                {
                    return RunInside(graph, pass);
                }

                GraphVerifier.Verify(changed);
                graph = changed;
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw new PassException(pass.Name, exception);
        }

        throw new PassException(pass.Name, new InvalidOperationException("it never finds the graph finished"));
    }

    // The graphs within nodes are graphs like any other: they depend on nothing but their inputs.
    private static Graph RunInside(Graph graph, Pass pass)
    {
        var nodes = graph.Nodes.Select(node => node.Bodies.Any() ? RunInside(node, pass) : node).ToArray();
        return nodes.SequenceEqual(graph.Nodes) ? graph : new Graph(graph.Name, graph.Symbols, graph.Inputs, graph.Outputs, nodes);
    }

    private static Node RunInside(Node node, Pass pass)
    {
        var attributes = node.Attributes;
        foreach (var (name, value) in node.Attributes.All)
        {
            if (value is Graph body && Run(body, pass) is var changed && !ReferenceEquals(changed, body))
            {
                attributes = attributes.With(name, changed);
            }
        }

        return ReferenceEquals(attributes, node.Attributes) ? node : node.WithAttributes(attributes);
    }
}

/// <summary>A pass failed: a bug of ours.</summary>
internal sealed class PassException(string pass, Exception cause) : Exception(cause.Message, cause)
{
    public string Pass { get; } = pass;
}
