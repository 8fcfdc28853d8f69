using System;
using System.IO;
using Xunit;

namespace ModelBuild.Testing;

/// <summary>
/// The models and data sets that are too large for the repository: the directory that MODELBUILD_TESTDATA names, else
/// ../shared/data beside the repository. Tests that need them are skipped where they are absent.
/// </summary>
public static class TestData
{
    /// <summary>Null where there is no test data.</summary>
    public static string? Root { get; } = FindRoot();

    /// <summary>The full path of a file or directory of the test data; skips the test where it does not exist.</summary>
    public static string Require(params string[] parts)
    {
        Skip.If(Root is null, "test data not found; set MODELBUILD_TESTDATA");
        string path = Path.Combine([Root!, .. parts]);
        Skip.IfNot(Path.Exists(path), $"test data has no {Path.Combine(parts)}");
        return path;
    }

    private static string? FindRoot()
    {
        string? named = Environment.GetEnvironmentVariable("MODELBUILD_TESTDATA");
        string root = string.IsNullOrEmpty(named) ? RepositoryRoot.Combine("..", "shared", "data") : named;
        return Directory.Exists(root) ? Path.GetFullPath(root) : null;
    }
}
