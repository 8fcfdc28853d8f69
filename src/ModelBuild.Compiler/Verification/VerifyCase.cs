using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace ModelBuild.Compiler.Verification;

/// <summary>A model together with what it is to compute.</summary>
/// <param name="Name">The case's folder, or its file without extension, below the folder that was asked for.</param>
/// <param name="Model">The ONNX file.</param>
/// <param name="Layout">How the data is stored.</param>
internal sealed record VerifyCase(string Name, string Model, CaseLayout Layout)
{
    private const string ModelFile = "model.onnx";
    private const string LightOutput = "_output_0.pb";

    /// <summary>The cases in a folder: it may be one itself, or hold some at any depth.</summary>
    public static IReadOnlyList<VerifyCase> Find(string folder)
    {
        var root = Path.GetFullPath(folder);
        var parent = Path.GetDirectoryName(root.TrimEnd(Path.DirectorySeparatorChar)) ?? root;
        var models = Directory.EnumerateFiles(root, "*.onnx", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.None });
        return [.. models.Order(StringComparer.Ordinal).Select(model => Of(parent, model)).OfType<VerifyCase>()];
    }

    private static VerifyCase? Of(string root, string model)
    {
        var stem = model[..^".onnx".Length];
        if (File.Exists(stem + LightOutput))
        {
            return new VerifyCase(Path.GetRelativePath(root, stem), model, CaseLayout.Light);
        }

        var folder = Path.GetDirectoryName(model)!;
        return Path.GetFileName(model) != ModelFile ? null : new VerifyCase(Path.GetRelativePath(root, folder), model, LayoutOf(folder));
    }

    private static CaseLayout LayoutOf(string folder) =>
        Directory.EnumerateDirectories(folder, "test_data_set_*").Any() ? CaseLayout.Protobuf
        : File.Exists(Path.Combine(folder, "x_test.npy")) ? CaseLayout.TestSet
        : CaseLayout.Numpy;
}

/// <summary>How the data of a case is stored beside its model.</summary>
internal enum CaseLayout
{
    /// <summary><c>test_data_set_N/{input,output}_M.pb</c>, as ONNX stores its own cases.</summary>
    Protobuf,

    /// <summary><c>in_R_M.npy</c> (or <c>.json</c> for text) and <c>out_R_M.npy</c>; a run without an output only has to succeed.</summary>
    Numpy,

    /// <summary><c>x_test.npy</c>, samples along the first axis, and <c>ort_test_out_M.npy</c>.</summary>
    TestSet,

    /// <summary><c>NAME_output_0.pb</c> beside <c>NAME.onnx</c>: the input is counted from 0 to 1, as ONNX's test runner does for its large networks without weights.</summary>
    Light,
}
