namespace ModelBuild.Compiler.Verification;

/// <summary>What became of a case.</summary>
internal enum CaseOutcome
{
    /// <summary>Every output is as expected.</summary>
    Passed,

    /// <summary>A wrong output, a valid model that is called broken, an exception.</summary>
    Failed,

    /// <summary>The compiler says that it cannot compile the model.</summary>
    Unsupported,
}

/// <summary>What became of a case, and why.</summary>
/// <param name="Case">The case.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Reason">Why it did not pass; empty where it did.</param>
internal sealed record CaseResult(VerifyCase Case, CaseOutcome Outcome, string Reason);
