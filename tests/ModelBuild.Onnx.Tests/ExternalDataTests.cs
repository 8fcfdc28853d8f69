using System.IO;
using System.Linq;
using Google.Protobuf;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Onnx.Protos;
using Shouldly;
using Xunit;

namespace ModelBuild.Onnx.Tests;

public sealed class ExternalDataTests
{
    [Fact]
    public void Tensors_are_read_from_their_place_in_files_beside_and_below_the_model()
    {
        using var folder = new TemporaryFolder();
        folder.Write("w.bin", [.. Enumerable.Range(0, 20).Select(i => (byte)i)]);
        folder.Write("data/v.bin", [8, 7, 6, 5, 4, 3, 2, 1]);

        OnnxModel model = Read(folder,
            Samples.ExternalTensor("a", ("location", "w.bin"), ("offset", "4"), ("length", "8"), ("checksum", "unused")),
            Samples.ExternalTensor("b", ("location", "w.bin"), ("offset", "12")),
            Samples.ExternalTensor("c", ("location", "data/v.bin")));

        model.Graph.Initializers[0].Data.ToArray().ShouldBe([4, 5, 6, 7, 8, 9, 10, 11]);
        model.Graph.Initializers[1].Data.ToArray().ShouldBe([12, 13, 14, 15, 16, 17, 18, 19]);
        model.Graph.Initializers[2].Data.ToArray().ShouldBe([8, 7, 6, 5, 4, 3, 2, 1]);
        model.ExternalFiles.Select(Path.GetFileName).ShouldBe(["v.bin", "w.bin"]);
    }

    [Fact]
    public void Tensors_that_name_the_same_bytes_share_them()
    {
        using var folder = new TemporaryFolder();
        folder.Write("w.bin", new byte[8]);

        OnnxModel model = Read(folder, Samples.ExternalTensor("a", ("location", "w.bin")), Samples.ExternalTensor("b", ("location", "./w.bin")));

        model.Graph.Initializers[0].Data.ShouldBe(model.Graph.Initializers[1].Data);
    }

    [Fact]
    public void Links_that_stay_inside_the_folder_are_followed()
    {
        using var folder = new TemporaryFolder();
        folder.Write("blobs/1234", [1, 2, 3, 4, 5, 6, 7, 8]);
        File.CreateSymbolicLink(folder.Combine("w.bin"), Path.Combine("blobs", "1234"));

        Read(folder, Samples.ExternalTensor("a", ("location", "w.bin"))).Graph.Initializers[0].Data.Span[7].ShouldBe((byte)8);
    }

    [Fact]
    public void A_model_whose_own_folder_is_reached_through_a_link_finds_its_data()
    {
        using var folder = new TemporaryFolder();
        folder.Write("real/w.bin", new byte[8]);
        folder.Write("real/model.onnx", Model(Samples.ExternalTensor("a", ("location", "w.bin"))));
        Directory.CreateSymbolicLink(folder.Combine("link"), folder.Combine("real"));
        var sink = new DiagnosticSink();

        OnnxReader.Read(folder.Combine("link", "model.onnx"), sink).ShouldNotBeNull();

        sink.All.ShouldBeEmpty();
    }

    [Fact]
    public void Models_with_external_data_are_written_as_one_file()
    {
        using var folder = new TemporaryFolder();
        folder.Write("w.bin", [1, 2, 3, 4, 5, 6, 7, 8]);
        OnnxModel model = Read(folder, Samples.ExternalTensor("a", ("location", "w.bin")));
        using var stream = new MemoryStream();

        OnnxWriter.Write(model, stream);

        OnnxModel again = OnnxReader.Read(stream.ToArray(), "elsewhere.onnx", new DiagnosticSink()).ShouldNotBeNull();
        ModelText.Of(again).ShouldBe(ModelText.Of(model));
        again.ExternalFiles.ShouldBeEmpty();
    }

    private static byte[] Model(params TensorProto[] tensors) => Samples.Model(m => m.Graph.Initializer.AddRange(tensors)).ToByteArray();

    private static OnnxModel Read(TemporaryFolder folder, params TensorProto[] tensors)
    {
        var sink = new DiagnosticSink();
        OnnxModel? model = OnnxReader.Read(folder.Write("model.onnx", Model(tensors)), sink);
        sink.All.ShouldBeEmpty();
        return model.ShouldNotBeNull();
    }
}
