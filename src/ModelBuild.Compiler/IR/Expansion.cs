using System.Collections.Generic;

namespace ModelBuild.Compiler.IR;

/// <summary>
/// A node of the model in whose place the importer put others, operators of our own among them: where no pass has changed these, the export puts the node back.
/// </summary>
/// <param name="Op">Its operator.</param>
/// <param name="Version">The version of the operator's definition.</param>
/// <param name="Inputs">Its inputs.</param>
/// <param name="Attributes">Its attributes.</param>
/// <param name="Outputs">What became of its outputs; null for those that are not wanted.</param>
/// <param name="Nodes">What was put in its place, in order.</param>
/// <param name="Origins">Its name.</param>
internal sealed record Expansion(
    Ops.Op Op, int Version, IReadOnlyList<Value?> Inputs, Attributes Attributes, IReadOnlyList<Value?> Outputs, IReadOnlyList<Node> Nodes, IReadOnlyList<string> Origins);
