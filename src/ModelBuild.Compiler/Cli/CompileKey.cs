using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Options;
using ModelBuild.Onnx;

namespace ModelBuild.Compiler.Cli;

/// <summary>
/// A hash over everything that the outputs depend on: the tool, the model, the options, and the contents of the files that they name. Where those files lie is left
/// out, so that the same build in another folder has the same key; in which order they come, and for which input, is not.
/// </summary>
internal static class CompileKey
{
    private const string NoFile = "no file";

    public static string Of(CompileJob job, OnnxModel model, CompileOptions options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, typeof(CompileKey).Assembly.GetName().Version!.ToString());
        Add(hash, typeof(CompileKey).Module.ModuleVersionId.ToString());
        Add(hash, typeof(Kernels.Isa).Module.ModuleVersionId.ToString());
        Add(hash, typeof(OnnxModel).Module.ModuleVersionId.ToString());
        Add(hash, typeof(Plan.ModelPlan).Module.ModuleVersionId.ToString());
        Add(hash, Path.GetFileName(job.ModelPath));
        Add(hash, model.Sha256);
        Add(hash, job.ClassName);
        Add(hash, job.Namespace);
        Add(hash, job.ResourceName);
        foreach (var (name, value) in job.Settings.OrderBy(setting => setting.Name, StringComparer.Ordinal))
        {
            Add(hash, name);
            Add(hash, OptionTable.Find(name) is { IsFiles: true } ? string.Empty : value);
        }

        foreach (var file in model.ExternalFiles)
        {
            Add(hash, "external data");
            Add(hash, Content(file));
        }

        foreach (var file in CalibrationFiles.Expand(options.Calibration))
        {
            Add(hash, $"calibration of {file.Input}");
            Add(hash, Path.GetExtension(file.Path));
            Add(hash, Content(file.Path));
        }

        if (options.Labels is not null)
        {
            Add(hash, "labels");
            Add(hash, Content(options.Labels));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // Whoever reads the file later reports that it cannot be read.
    private static string Content(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return NoFile;
        }
    }

    private static void Add(IncrementalHash hash, string text)
    {
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        hash.AppendData([0]);
    }
}
