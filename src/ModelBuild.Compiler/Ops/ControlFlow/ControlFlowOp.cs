using System.Collections.Generic;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// An operator with graphs in its attributes. What those graphs read from around them has become additional inputs of the node, at the end, and of each graph: so a
/// graph depends on nothing but its inputs.
/// </summary>
internal abstract class ControlFlowOp : Op
{
    /// <summary>Imports a node with its graphs, and gives its outputs.</summary>
    public abstract IReadOnlyList<Value?> Import(ControlFlowImporter node);

    /// <summary>How many of a node's inputs are those of ONNX; the rest is what its graphs read from around them.</summary>
    public virtual int OperandsOf(Node node) => node.Inputs.Count;

    /// <summary>A node's attributes without those that are our own.</summary>
    public virtual Attributes Standard(Attributes attributes) => attributes;
}
