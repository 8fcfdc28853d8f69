using System.Collections.Generic;

namespace ModelBuild.Onnx;

/// <summary>
/// An operator that the model defines by other operators. A node calls it when domain, name and overload agree. Inside, only its own
/// inputs are visible. Functions never call themselves, directly or through others.
/// </summary>
public sealed class OnnxFunction
{
    /// <summary>The name that calling nodes have as <see cref="OnnxNode.OpType"/>.</summary>
    public required string Name { get; init; }

    /// <summary>The domain of calling nodes.</summary>
    public string Domain { get; init; } = OnnxDomain.Standard;

    /// <summary>The overload of calling nodes.</summary>
    public string Overload { get; init; } = "";

    /// <summary>The names that the call's inputs have inside; inputs that a call leaves out are absent inside too.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>The names of the values that become the call's outputs.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>The attributes that a call may have and that have no default.</summary>
    public IReadOnlyList<string> AttributeNames { get; init; } = [];

    /// <summary>The attributes that a call may have, with the values they take when it has not.</summary>
    public IReadOnlyList<OnnxAttribute> AttributeDefaults { get; init; } = [];

    /// <summary>The body, each node after those it depends on.</summary>
    public IReadOnlyList<OnnxNode> Nodes { get; init; } = [];

    /// <summary>What the exporter knew about values inside: hints.</summary>
    public IReadOnlyList<OnnxValueInfo> ValueInfos { get; init; } = [];

    /// <summary>Versions of the operator sets that the body uses, by domain: its own, not the model's.</summary>
    public IReadOnlyDictionary<string, long> Opsets { get; init; } = new Dictionary<string, long>();

    /// <summary>What its author says about it; often empty.</summary>
    public string DocString { get; init; } = "";
}
