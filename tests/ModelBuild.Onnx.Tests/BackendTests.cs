using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Formats.Tar;
using System.Globalization;
using System.IO;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Testing;
using Shouldly;
using Xunit;

namespace ModelBuild.Onnx.Tests;

/// <summary>ONNX's own test cases use every operator, type and way to store a value that ONNX has.</summary>
public sealed class BackendTests
{
    [SkippableFact]
    public void Every_case_is_read_with_its_data_and_survives_being_written()
    {
        int models = 0;
        int values = 0;
        foreach ((string folder, Dictionary<string, byte[]> files) in Folders(TestData.Require("onnx", "onnx-backend-tests.tar.xz")))
        {
            OnnxModel model = Read(files["model.onnx"], folder);
            using var stream = new MemoryStream();
            OnnxWriter.Write(model, stream);
            ModelText.Of(Read(stream.ToArray(), folder)).ShouldBe(ModelText.Of(model), folder);
            models++;

            foreach ((string name, byte[] bytes) in files)
            {
                if (name.EndsWith(".pb", StringComparison.Ordinal))
                {
                    CheckValue(bytes, Declared(model, Path.GetFileNameWithoutExtension(name)), $"{folder}/{name}");
                    values++;
                }
            }
        }

        models.ShouldBeGreaterThan(1000);
        values.ShouldBeGreaterThan(1000);
    }

    // input_3.pb belongs to the fourth input.
    private static OnnxType Declared(OnnxModel model, string stem)
    {
        int separator = stem.LastIndexOf('_');
        int number = int.Parse(stem[(separator + 1)..], CultureInfo.InvariantCulture);
        return (stem[..separator] == "input" ? model.Graph.Inputs : model.Graph.Outputs)[number].Type.ShouldNotBeNull();
    }

    private static void CheckValue(byte[] bytes, OnnxType type, string path)
    {
        var sink = new DiagnosticSink();
        OnnxValue? value = OnnxReader.ReadValue(bytes, type, path, sink);
        sink.All.ShouldBeEmpty(path);
        switch (type)
        {
            case OnnxTensorType tensor:
                value.ShouldBeOfType<OnnxTensorValue>(path).Tensor.ElementType.ShouldBe(tensor.ElementType, path);
                break;
            case OnnxSequenceType:
                value.ShouldBeOfType<OnnxSequenceValue>(path);
                break;
            case OnnxOptionalType { Element: OnnxSequenceType }:
                (value.ShouldBeOfType<OnnxOptionalValue>(path).Value is null or OnnxSequenceValue).ShouldBeTrue(path);
                break;
            default:
                value.ShouldNotBeNull(path);
                break;
        }
    }

    private static OnnxModel Read(byte[] bytes, string folder)
    {
        var sink = new DiagnosticSink();
        OnnxModel? model = OnnxReader.Read(bytes, folder, sink);
        sink.All.ShouldBeEmpty(folder);
        return model.ShouldNotBeNull(folder);
    }

    /// <summary>The files of each case by their path in it.</summary>
    private static Dictionary<string, Dictionary<string, byte[]>> Folders(string archive)
    {
        using Process unpack = Unpack(archive);
        using var tar = new TarReader(unpack.StandardOutput.BaseStream);
        var folders = new Dictionary<string, Dictionary<string, byte[]>>();
        while (tar.GetNextEntry() is TarEntry entry)
        {
            string[] parts = entry.Name.Split('/', 3);
            if (entry.DataStream is Stream data && parts.Length == 3)
            {
                using var bytes = new MemoryStream();
                data.CopyTo(bytes);
                string folder = $"{parts[0]}/{parts[1]}";
                folders.TryAdd(folder, []);
                folders[folder].Add(parts[2], bytes.ToArray());
            }
        }

        return folders;
    }

    private static Process Unpack(string archive)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("xz", ["-dc", archive]) { RedirectStandardOutput = true })!;
        }
        catch (Win32Exception)
        {
            throw new SkipException("the program xz, which unpacks ONNX's test cases, was not found");
        }
    }
}
