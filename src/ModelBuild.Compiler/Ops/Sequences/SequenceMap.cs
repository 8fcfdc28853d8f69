using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// A graph for every tensor of some sequences; further tensors are the same for all. https://onnx.ai/onnx/operators/onnx__SequenceMap.html
/// Versions: 17. Where the number of tensors is known the graph takes the node's place as often; else it is a <see cref="Loop"/>.
/// </summary>
internal sealed class SequenceMap : ControlFlowOp
{
    private const string BodyAttribute = "body";

    public override IReadOnlyList<int> Versions => [17];

    public override IReadOnlyList<Value?> Import(ControlFlowImporter node)
    {
        var first = node.Require(0).Parts is SequenceParts { Kind: ValueKind.Sequence } parts ? parts : throw new OperatorException($"input 0 is {node.Require(0).Type.Kind} and no Sequence");
        var outputs = node.Graph(BodyAttribute).Outputs.Count;
        var results = first.Items is { Count: > 0 } items ? Unrolled(node, items.Count, outputs) : Loop.Map(node, BodyAttribute, node.Require(0));
        return [.. node.Outputs.Select((name, i) => name is null ? null : results[i])];
    }

    public override void Infer(InferContext context) => throw new InvalidOperationException("SequenceMap has been expanded.");

    public override void Lower(LowerContext context) => throw new InvalidOperationException("SequenceMap has been expanded.");

    /// <summary>What the graph gets for the tensor at a position.</summary>
    public static Value[] Operands(ControlFlowImporter node, IEnumerable<Value?> inputs, Value position, ImportScope? body) =>
        [.. inputs.Select(input => input?.Parts is not SequenceParts ? input! : node.Expand(new SequenceAt(), 1, Attributes.None, [input, position], body)[0])];

    private static Value[] Unrolled(ControlFlowImporter node, int count, int outputs)
    {
        var rounds = Enumerable.Range(0, count).Select(i => node.Inline(BodyAttribute, Operands(node, node.Inputs, Value.Of("position", Tensor.Scalar((long)i)), null))).ToArray();
        return [.. Enumerable.Range(0, outputs).Select(output => node.Expand(new SequenceConstruct(), 1, Attributes.None, [.. rounds.Select(round => round[output])])[0])];
    }
}
