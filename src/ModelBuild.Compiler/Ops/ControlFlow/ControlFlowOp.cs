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
}
