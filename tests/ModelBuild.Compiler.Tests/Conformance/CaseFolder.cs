using System;
using System.Diagnostics;
using System.Formats.Tar;
using System.IO;
using ModelBuild.Testing;
using Xunit;

namespace ModelBuild.Compiler.Tests.Conformance;

/// <summary>ONNX's own cases, unpacked for the tests of a collection.</summary>
public sealed class CaseFolder : IDisposable
{
    private readonly Lazy<DirectoryInfo> _folder = new(() => Unpack(TestData.Require("onnx", "onnx-backend-tests.tar.xz")));

    /// <summary>A folder with one folder for each category; skips the test where there is no test data.</summary>
    public string Path => _folder.Value.FullName;

    public void Dispose()
    {
        if (_folder.IsValueCreated)
        {
            _folder.Value.Delete(recursive: true);
        }
    }

    private static DirectoryInfo Unpack(string tarXz)
    {
        var folder = Directory.CreateTempSubdirectory("modelbuild-cases-");
        using var unpack = Process.Start(new ProcessStartInfo("xz", ["-dc", tarXz]) { RedirectStandardOutput = true })!;
        TarFile.ExtractToDirectory(unpack.StandardOutput.BaseStream, folder.FullName, overwriteFiles: false);
        return folder;
    }
}

/// <summary>The tests that read ONNX's cases. They take the processor for a while, so they run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class CaseCollection : ICollectionFixture<CaseFolder>
{
    public const string Name = "ONNX cases";
}
