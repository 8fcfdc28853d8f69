using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Ops;

namespace ModelBuild.Compiler.Export;

/// <summary>
/// What operators of ours are in those of ONNX, where the node that they come from cannot stand any more, such as a recurrent layer whose weights have become bytes. Read
/// again, each form becomes the same operator of ours. An operator that is not in the table has no form.
/// </summary>
internal static class OperatorForms
{
    // Each says whether it has a form for the node.
    private static readonly Dictionary<Type, Func<FormContext, bool>> Forms = new()
    {
        // The value is the same; that its sizes have names is our own matter.
        [typeof(Bind)] = Same,
        [typeof(AssumeSize)] = Same,
        [typeof(Assured)] = AssuredForm.Write,
        [typeof(LstmSteps)] = RecurrentForms.Lstm,
        [typeof(GruSteps)] = RecurrentForms.Gru,
        [typeof(RnnSteps)] = RecurrentForms.Rnn,
        [typeof(ClassChoice)] = ScoreForms.Choice,
        [typeof(ScoreTransform)] = ScoreForms.Transform,
    };

    /// <summary>The graph, and the graphs within its nodes, with forms in the place of all operators that have one.</summary>
    public static Graph Write(Graph graph)
    {
        graph = graph.MapBodies(Write);
        return graph.Nodes.Any(node => Forms.ContainsKey(node.Op.GetType())) ? graph.With([.. graph.Nodes.SelectMany(node => FormOf(graph, node))]) : graph;
    }

    private static IEnumerable<Node> FormOf(Graph graph, Node node)
    {
        var context = new FormContext(graph, node);
        return Forms.TryGetValue(node.Op.GetType(), out var write) && write(context) ? context.Finish() : [node];
    }

    private static bool Same(FormContext f)
    {
        f.Output(0, f.Node.Inputs[0]!);
        return true;
    }
}
