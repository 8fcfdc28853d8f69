using System.Collections.Generic;
using System.Globalization;
using ModelBuild.Onnx.Diagnostics;

namespace ModelBuild.Onnx;

/// <summary>One use of an operator or function.</summary>
public sealed class OnnxNode
{
    /// <summary>The name its exporter gave it; may be empty, and need not be unique.</summary>
    public string Name { get; init; } = "";

    /// <summary>The operator or function, such as <c>Conv</c>.</summary>
    public required string OpType { get; init; }

    /// <summary>The domain that defines the operator; empty for the standard one (never <c>ai.onnx</c>).</summary>
    public string Domain { get; init; } = OnnxDomain.Standard;

    /// <summary>Which of several functions with the same domain and name; nearly always empty.</summary>
    public string Overload { get; init; } = "";

    /// <summary>The values it reads; an empty string is an optional input that is absent.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>The values it makes; an empty string is an output that nobody wants.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>Its constants, in the file's order, each name once.</summary>
    public IReadOnlyList<OnnxAttribute> Attributes { get; init; } = [];

    /// <summary>Its place in the file's list of nodes, from 0: how unnamed nodes are told apart in messages.</summary>
    public int Index { get; init; }

    /// <summary>How people find it: its name, or <c>Conv#3 (output "y")</c> when it has none. For messages: escaped and of limited length.</summary>
    public string DisplayName
    {
        get
        {
            if (Name.Length > 0)
            {
                return DiagnosticText.Quote(Name);
            }

            foreach (string output in Outputs)
            {
                if (output.Length > 0)
                {
                    return string.Create(CultureInfo.InvariantCulture, $"{DisplayOpType}#{Index} (output {DiagnosticText.Quote(output)})");
                }
            }

            return string.Create(CultureInfo.InvariantCulture, $"{DisplayOpType}#{Index}");
        }
    }

    private string DisplayOpType => DiagnosticText.Quote(OpType)[1..^1];

    /// <summary>The subject of a diagnostic about this node: <c>node "/stem/Conv" (Conv, opset 11)</c>.</summary>
    /// <param name="opset">The version of the node's domain that the model imports, or null when it imports none.</param>
    public string Describe(long? opset)
    {
        string type = Domain.Length == 0 ? DisplayOpType : DiagnosticText.Quote(Domain)[1..^1] + "." + DisplayOpType;
        string version = opset is null ? "no opset" : string.Create(CultureInfo.InvariantCulture, $"opset {opset}");
        return $"node {DisplayName} ({type}, {version})";
    }

    /// <summary>The attribute of that name, or null.</summary>
    public OnnxAttribute? Attribute(string name)
    {
        foreach (OnnxAttribute attribute in Attributes)
        {
            if (attribute.Name == name)
            {
                return attribute;
            }
        }

        return null;
    }
}
