using System.Collections.Generic;
using System.IO;
using System.Linq;
using ModelBuild.Testing;

namespace ModelBuild.Onnx.Tests;

/// <summary>The model files of the test data: those found in the wild and those trained for the tests.</summary>
internal static class RealModelFiles
{
    /// <summary>Paths relative to the test data; skips the test where there are none.</summary>
    public static IEnumerable<string> Require()
    {
        string root = Path.GetDirectoryName(TestData.Require("real"))!;
        return new[] { "real", "trained" }
            .Select(folder => Path.Combine(root, folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.onnx", SearchOption.AllDirectories))
            .Order(System.StringComparer.Ordinal);
    }
}
