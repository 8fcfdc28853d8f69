using System.Collections.Generic;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Verification;

/// <summary>One run of a case.</summary>
/// <param name="Name">Which of its runs.</param>
/// <param name="Inputs">One value for each input.</param>
/// <param name="Outputs">One for each output; null where nothing is known about it but that there is one.</param>
internal sealed record CaseRun(string Name, IReadOnlyList<Tensor> Inputs, IReadOnlyList<Tensor?> Outputs);
