using System;
using System.Collections.Generic;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Lowering;

/// <summary>Nodes cannot be lowered: all of them that were found, at least one.</summary>
internal sealed class LoweringException(IReadOnlyList<(Node Node, OperatorException Cause)> problems) : Exception(problems[0].Cause.Message, problems[0].Cause)
{
    public IReadOnlyList<(Node Node, OperatorException Cause)> Problems { get; } = problems;
}
