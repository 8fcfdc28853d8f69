using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Compression;

/// <summary>Relu and Clip with constant bounds: operators that cost nothing after a layer, since the layer clamps its output.</summary>
internal static class Clamps
{
    public static bool IsClamp(Node node) => node.Output.Type.Element == ElementType.Float
        && (node.Is("Relu") || (node.Is("Clip") && node.Input(1) is null or { IsConstant: true } && node.Input(2) is null or { IsConstant: true }));

    /// <summary>The clamp that alone reads <paramref name="value"/>; null where there is none.</summary>
    public static Node? FusableAfter(Graph graph, Value value) => graph.OnlyConsumerOf(value) is { } node && IsClamp(node) && node.Inputs[0] == value ? node : null;
}
