using System.Collections.Generic;

namespace ModelBuild.Onnx.Diagnostics;

/// <summary>
/// Collects the problems of one run, so that all of them are reported at once. Not safe for use from several threads.
/// </summary>
public sealed class DiagnosticSink
{
    /// <summary>More are only counted: a broken file can hold millions of problems, and nobody reads past the first few.</summary>
    public const int Limit = 1000;

    private readonly List<Diagnostic> _all = [];

    /// <summary>Everything reported so far, in order.</summary>
    public IReadOnlyList<Diagnostic> All => _all;

    /// <summary>How many were dropped because there are more than <see cref="Limit"/>.</summary>
    public int Dropped { get; private set; }

    /// <summary>Whether any diagnostic, kept or dropped, is an error.</summary>
    public bool HasErrors => ErrorCount > 0;

    /// <summary>How many errors there are, dropped ones included; compare before and after a stage to see whether it failed.</summary>
    public int ErrorCount { get; private set; }

    /// <summary>Adds one diagnostic.</summary>
    public void Add(Diagnostic diagnostic)
    {
        if (diagnostic.Severity == DiagnosticSeverity.Error)
        {
            ErrorCount++;
        }

        if (_all.Count < Limit)
        {
            _all.Add(diagnostic);
        }
        else
        {
            Dropped++;
        }
    }
}
