using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Ops;

namespace ModelBuild.Compiler.Quantization;

/// <summary>
/// Makes nodes of ONNX's own operators in the form of operator set 13, the first with scales per axis, so that what the compiler writes can be read by as many tools
/// as possible.
/// </summary>
internal sealed class StandardNodes(NameScope names)
{
    /// <summary>The operator set whose definitions the nodes follow.</summary>
    public const int Opset = 13;

    /// <summary>A node with one output.</summary>
    public Node Make(string op, IReadOnlyList<Value?> inputs, Attributes attributes, IEnumerable<string> origins, string name) => Make(op, inputs, attributes, origins, [name]);

    /// <summary>A node with several outputs.</summary>
    public Node Make(string op, IReadOnlyList<Value?> inputs, Attributes attributes, IEnumerable<string> origins, IReadOnlyList<string> outputs)
    {
        var definition = OpRegistry.Get(op);
        return NodeFactory.Create(definition, definition.VersionIn(Opset) ?? definition.Versions[0], inputs, attributes, [.. origins], [.. outputs.Select(names.Unique)]);
    }

    /// <summary>A constant with a name of its own.</summary>
    public Value Constant(string name, Tensor tensor) => Value.Of(names.Unique(name), tensor);
}
