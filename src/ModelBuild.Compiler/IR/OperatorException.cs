using System;

namespace ModelBuild.Compiler.IR;

/// <summary>
/// An operator's rules are broken, or the operator is used in a way that we do not compile. Whoever calls the operator turns it into a diagnostic that names the
/// node.
/// </summary>
/// <param name="what">What is wrong, as the part of a sentence that follows the node's name.</param>
/// <param name="remedy">What to do, as a sentence.</param>
/// <param name="code">The diagnostic.</param>
internal sealed class OperatorException(string what, string remedy, string code = "MB2003") : Exception(what)
{
    public string Remedy { get; } = remedy;

    public string Code { get; } = code;
}
