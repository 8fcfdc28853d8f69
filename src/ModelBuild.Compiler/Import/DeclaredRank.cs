using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.Ops;
using ModelBuild.Onnx;

namespace ModelBuild.Compiler.Import;

/// <summary>The rank that a model declares for the result of a reduction: where a run computes how many axes there are, nothing else says it.</summary>
internal static class DeclaredRank
{
    public const string Attribute = "declared_rank";

    /// <summary>The attributes with the rank, where the operator asks for it and the graph has it.</summary>
    public static IReadOnlyList<OnnxAttribute> Resolve(Op op, OnnxNode node, OnnxGraph graph, IReadOnlyList<OnnxAttribute> attributes) =>
        op is ReduceOp && node.Inputs.Count > 1 && node.Outputs is [var output, ..] && graph.Outputs.Concat(graph.ValueInfos).FirstOrDefault(info => info.Name == output)?.Type is OnnxTensorType { Shape: { } shape }
            ? [.. attributes, OnnxAttribute.Of(Attribute, (long)shape.Count)]
            : attributes;
}
