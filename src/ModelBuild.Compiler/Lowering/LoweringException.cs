using System;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Lowering;

/// <summary>A node cannot be lowered.</summary>
internal sealed class LoweringException(Node node, OperatorException cause) : Exception(cause.Message, cause)
{
    public Node Node { get; } = node;

    public OperatorException Cause { get; } = cause;
}
