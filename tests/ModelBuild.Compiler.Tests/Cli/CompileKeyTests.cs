using System;
using System.IO;
using System.Linq;
using ModelBuild.Compiler.Cli;
using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Tests.Compression;
using ModelBuild.Onnx;
using ModelBuild.Onnx.Diagnostics;
using Shouldly;
using Xunit;

namespace ModelBuild.Compiler.Tests.Cli;

/// <summary>The key that says whether results are up to date: it depends on contents, and not on where they lie.</summary>
public sealed class CompileKeyTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("modelbuild").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void The_same_build_in_another_folder_has_the_same_key() => Key("a").ShouldBe(Key(Path.Combine("b", "c", "d")));

    [Fact]
    public void Every_content_and_every_option_counts()
    {
        var key = Key("a");
        Key("b", folder => Touch(Path.Combine(folder, "x.npy"))).ShouldNotBe(key, "calibration");
        Key("c", folder => Touch(Path.Combine(folder, "y.npy"))).ShouldNotBe(key, "labels");
        Key("d", folder => Touch(Path.Combine(folder, "w.bin"))).ShouldNotBe(key, "external data");
        Key("e", folder => File.Delete(Path.Combine(folder, "x.npy"))).ShouldNotBe(key, "a file that is gone");
        Key("f", settings: [("Ranges", "percentile")]).ShouldNotBe(key, "an option");
        Key("g", settings: [("Calibration", "x={0}/x.npy")]).ShouldNotBe(key, "the input that samples are for");
    }

    [Fact]
    public void The_order_of_the_samples_counts()
    {
        static void More(string folder) => NpyFile.Create<float>([3f, 3], 1, 2).Write(Path.Combine(folder, "z.npy"));
        var one = Key("a", More, [("Calibration", "{0}/x.npy;{0}/z.npy")]);
        Key("b", More, [("Calibration", "{0}/x.npy;{0}/z.npy")]).ShouldBe(one);
        Key("c", More, [("Calibration", "{0}/z.npy;{0}/x.npy")]).ShouldNotBe(one);
    }

    // A copy of everything in a folder of its own, changed, and the key of its build. {0} in a setting is the folder.
    private string Key(string name, Action<string>? change = null, (string Name, string Value)[]? settings = null)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_root, name)).FullName;
        File.WriteAllBytes(Path.Combine(folder, "w.bin"), new byte[16]);
        NpyFile.Create<float>([1f, 2], 1, 2).Write(Path.Combine(folder, "x.npy"));
        NpyFile.Create<int>([1], 1).Write(Path.Combine(folder, "y.npy"));
        change?.Invoke(folder);

        var model = new TinyModels().Weights("w", 2, 2).Node("MatMul", "y", ["x", "w"]).Model("y", 13, OnnxDimension.Of("batch"), OnnxDimension.Of(2));
        var external = new OnnxModel
        {
            IrVersion = model.IrVersion,
            Opsets = model.Opsets,
            FileName = Path.Combine(folder, "model.onnx"),
            Graph = model.Graph,
            Sha256 = new string('0', 64),
            ExternalFiles = [Path.Combine(folder, "w.bin")],
        };
        (string Name, string Value)[] given = [("Bits", "8"), ("Calibration", "{0}/x.npy"), ("Labels", "{0}/y.npy"), .. settings ?? []];
        given = [.. given.Select(setting => (setting.Name, setting.Value.Replace("{0}", folder, StringComparison.Ordinal)))];
        var sink = new DiagnosticSink();
        var options = OptionReader.Read(given, external.FileName, sink);
        sink.All.ShouldBeEmpty();
        return CompileKey.Of(new CompileJob(external.FileName, folder, "model", "Model", "Space", "model.weights", given, SignatureOnly: false), external, options);
    }

    private static void Touch(string path)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
    }
}
