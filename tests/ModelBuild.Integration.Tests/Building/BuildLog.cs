using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.Build.Logging.StructuredLogger;

namespace ModelBuild.Integration.Tests.Building;

/// <summary>What a build did, from its binary log.</summary>
internal sealed class BuildLog(string path)
{
    private readonly Build _build = BinaryLog.ReadBuild(path);

    /// <summary>How often the model compiler was started.</summary>
    public int CompilerStarts => Tasks("OptimizeModels").Count(task => task.CommandLineArguments is not null);

    /// <summary>Models that the compiler compiled, each as it says so: those that it found up to date are not among them.</summary>
    public IReadOnlyList<string> CompiledModels =>
        [.. Tasks("OptimizeModels").SelectMany(task => task.FindChildrenRecursive<Message>()).Select(message => message.Text).Where(text => text.Contains("bytes of weights", StringComparison.Ordinal))];

    /// <summary>How often the C# compiler ran.</summary>
    public int CSharpRuns => Tasks("Csc").Count;

    public IReadOnlyList<string> Warnings => [.. _build.FindChildrenRecursive<Warning>().Select(warning => $"{warning.Code} {warning.Text}").Distinct()];

    public IReadOnlyList<(string? Code, string? File, string Text)> Errors =>
        [.. _build.FindChildrenRecursive<Error>().Select(error => ((string?)error.Code, (string?)error.File, error.Text)).Distinct()];

    public IEnumerable<string> Messages => _build.FindChildrenRecursive<Message>().Select(message => message.Text);

    private IReadOnlyList<Task> Tasks(string name) => _build.FindChildrenRecursive<Task>(task => task.Name == name);
}
