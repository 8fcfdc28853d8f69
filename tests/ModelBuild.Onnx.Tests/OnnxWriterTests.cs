using System.Collections.Generic;
using System.IO;
using ModelBuild.Onnx.Diagnostics;
using Shouldly;
using Xunit;

namespace ModelBuild.Onnx.Tests;

public sealed class OnnxWriterTests
{
    [SkippableFact]
    public void Every_real_model_survives_being_written_and_read_again()
    {
        foreach (string path in RealModelFiles.Require())
        {
            OnnxModel model = Read(File.ReadAllBytes(path));

            OnnxModel again = Read(Write(model));

            ModelText.Of(again).ShouldBe(ModelText.Of(model), path);
        }
    }

    [Fact]
    public void Everything_that_a_model_can_hold_survives_being_written_and_read_again()
    {
        OnnxModel model = FullModel.Create();

        OnnxModel again = Read(Write(model));

        ModelText.Of(again).ShouldBe(ModelText.Of(model));
    }

    [Fact]
    public void Equal_models_give_equal_bytes_whatever_the_order_of_their_dictionaries()
    {
        OnnxModel model = FullModel.Create(new() { [""] = 21, ["local"] = 1 });
        OnnxModel same = FullModel.Create(new() { ["local"] = 1, [""] = 21 });

        Write(same).ShouldBe(Write(model));
    }

    [Fact]
    public void The_stream_stays_open_and_nothing_is_written_before_its_position()
    {
        using var stream = new MemoryStream();
        stream.WriteByte(42);

        OnnxWriter.Write(FullModel.Create(), stream);

        stream.ToArray()[0].ShouldBe((byte)42);
        Read(stream.ToArray()[1..]).ShouldNotBeNull();
    }

    [Fact]
    public void A_model_that_no_file_can_hold_is_refused()
    {
        // The same gigabyte three times: no memory is needed to find out.
        var gigabyte = new OnnxTensor { Name = "w", ElementType = OnnxElementType.UInt8, Dims = [1L << 30], Data = new byte[1 << 30] };
        var model = new OnnxModel
        {
            IrVersion = 8,
            Opsets = new Dictionary<string, long> { [""] = 13 },
            Graph = new OnnxGraph { Initializers = [gigabyte, gigabyte, gigabyte] },
        };

        Should.Throw<System.InvalidOperationException>(() => OnnxWriter.Write(model, Stream.Null)).Message.ShouldContain("2 GB");
    }

    private static byte[] Write(OnnxModel model)
    {
        using var stream = new MemoryStream();
        OnnxWriter.Write(model, stream);
        return stream.ToArray();
    }

    private static OnnxModel Read(byte[] bytes)
    {
        var sink = new DiagnosticSink();
        OnnxModel? model = OnnxReader.Read(bytes, "model.onnx", sink);
        sink.All.ShouldBeEmpty();
        return model.ShouldNotBeNull();
    }
}
