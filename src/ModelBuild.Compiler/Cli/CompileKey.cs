using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Options;
using ModelBuild.Onnx;

namespace ModelBuild.Compiler.Cli;

/// <summary>A hash over everything that the outputs depend on: the tool, the model, the options, and the contents of the files that they name.</summary>
internal static class CompileKey
{
    public static string Of(CompileJob job, OnnxModel model, CompileOptions options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, typeof(CompileKey).Assembly.GetName().Version!.ToString());
        Add(hash, typeof(CompileKey).Module.ModuleVersionId.ToString());
        Add(hash, typeof(Kernels.Isa).Module.ModuleVersionId.ToString());
        Add(hash, model.Sha256);
        Add(hash, job.ClassName);
        Add(hash, job.Namespace);
        Add(hash, job.ResourceName);
        foreach (var (name, value) in job.Settings.OrderBy(setting => setting.Name, StringComparer.Ordinal))
        {
            Add(hash, $"{name}={value}");
        }

        // Paths are left out: the same build in another folder has the same key.
        foreach (var file in model.ExternalFiles.Concat(CalibrationFiles.Expand(options.Calibration).Select(file => file.Path)).Concat(options.Labels is null ? [] : [options.Labels]))
        {
            if (File.Exists(file))
            {
                hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, string text)
    {
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        hash.AppendData([0]);
    }
}
