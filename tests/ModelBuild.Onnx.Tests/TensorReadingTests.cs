using System;
using System.Linq;
using System.Runtime.InteropServices;
using Google.Protobuf;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Onnx.Protos;
using Shouldly;
using Xunit;

namespace ModelBuild.Onnx.Tests;

public sealed class TensorReadingTests
{
    [Fact]
    public void Floats_become_little_endian_bytes() =>
        Read(new TensorProto { DataType = 1, Dims = { 2 }, FloatData = { 1.5f, -0.0f } }).Data.ToArray()
            .ShouldBe([0, 0, 0xc0, 0x3f, 0, 0, 0, 0x80]);

    [Fact]
    public void Complex_numbers_are_pairs() =>
        MemoryMarshal.Cast<byte, double>(Read(new TensorProto { DataType = 15, Dims = { 1 }, DoubleData = { 1, 2 } }).Data.Span).ToArray()
            .ShouldBe([1, 2]);

    [Fact]
    public void Large_integers_keep_their_bits()
    {
        MemoryMarshal.Cast<byte, long>(Read(new TensorProto { DataType = 7, Dims = { 2 }, Int64Data = { long.MinValue, -1 } }).Data.Span).ToArray()
            .ShouldBe([long.MinValue, -1]);
        MemoryMarshal.Cast<byte, ulong>(Read(new TensorProto { DataType = 13, Dims = { 1 }, Uint64Data = { ulong.MaxValue } }).Data.Span).ToArray()
            .ShouldBe([ulong.MaxValue]);
        MemoryMarshal.Cast<byte, uint>(Read(new TensorProto { DataType = 12, Dims = { 1 }, Uint64Data = { uint.MaxValue } }).Data.Span).ToArray()
            .ShouldBe([uint.MaxValue]);
    }

    [Theory]
    [InlineData(OnnxElementType.Int8, -128, new byte[] { 0x80 })]
    [InlineData(OnnxElementType.UInt8, 255, new byte[] { 0xff })]
    [InlineData(OnnxElementType.Int16, -2, new byte[] { 0xfe, 0xff })]
    [InlineData(OnnxElementType.UInt16, 65535, new byte[] { 0xff, 0xff })]
    [InlineData(OnnxElementType.Int32, int.MinValue, new byte[] { 0, 0, 0, 0x80 })]
    [InlineData(OnnxElementType.Float16, 0x3c00, new byte[] { 0x00, 0x3c })]
    [InlineData(OnnxElementType.BFloat16, 0xbf80, new byte[] { 0x80, 0xbf })]
    [InlineData(OnnxElementType.Float8E4M3FN, 0x7e, new byte[] { 0x7e })]
    public void Small_types_are_stored_as_int32(OnnxElementType type, int stored, byte[] bytes) =>
        Read(new TensorProto { DataType = (int)type, Dims = { 1 }, Int32Data = { stored } }).Data.ToArray().ShouldBe(bytes);

    [Theory]
    [InlineData(OnnxElementType.UInt4, 3)]
    [InlineData(OnnxElementType.Int4, 4)]
    [InlineData(OnnxElementType.Float4E2M1, 3)]
    [InlineData(OnnxElementType.Int2, 7)]
    [InlineData(OnnxElementType.UInt2, 8)]
    public void Packed_types_keep_their_packing(OnnxElementType type, int count)
    {
        var typed = new TensorProto { DataType = (int)type, Dims = { count }, Int32Data = { 0x21, 0x83 } };
        TensorProto raw = Samples.Tensor("", type, [count], [0x21, 0x83]);

        Read(typed).Data.ToArray().ShouldBe([0x21, 0x83]);
        Read(raw).Data.ToArray().ShouldBe([0x21, 0x83]);
    }

    [Fact]
    public void Whatever_is_not_zero_is_true() =>
        Read(Samples.Tensor("", OnnxElementType.Bool, [4], [0, 1, 2, 255])).Data.ToArray().ShouldBe([0, 1, 1, 1]);

    [Fact]
    public void Strings_keep_their_bytes_and_can_be_read_as_text()
    {
        OnnxTensor tensor = Read(new TensorProto { DataType = 8, Dims = { 2 }, StringData = { ByteString.CopyFromUtf8("é"), ByteString.Empty } });

        tensor.StringData.Select(bytes => bytes.Length).ShouldBe([2, 0]);
        tensor.GetString(0).ShouldBe("é");
    }

    [Fact]
    public void A_scalar_has_one_element_and_no_dimensions()
    {
        OnnxTensor tensor = Read(new TensorProto { DataType = 1, FloatData = { 3 } });

        tensor.Dims.ShouldBeEmpty();
        tensor.Count.ShouldBe(1);
    }

    [Fact]
    public void A_tensor_with_a_zero_dimension_needs_no_data_however_large_the_others_are()
    {
        OnnxTensor tensor = Read(new TensorProto { DataType = 1, Dims = { long.MaxValue, 0, long.MaxValue } });

        tensor.Count.ShouldBe(0);
        tensor.Data.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void Numbers_that_are_not_packed_are_read_too()
    {
        // dims = 2 elements, data_type = float, float_data as two separate fixed32 fields instead of one packed list.
        byte[] bytes = [0x08, 2, 0x10, 1, 0x25, 0, 0, 0x80, 0x3f, 0x25, 0, 0, 0, 0x40];

        MemoryMarshal.Cast<byte, float>(Read(bytes).Data.Span).ToArray().ShouldBe([1, 2]);
    }

    [Fact]
    public void Every_element_type_has_a_size_and_strings_have_none()
    {
        foreach (OnnxElementType type in Enum.GetValues<OnnxElementType>())
        {
            if (type is OnnxElementType.Undefined or OnnxElementType.String)
            {
                Should.Throw<ArgumentOutOfRangeException>(() => type.Bits());
            }
            else
            {
                type.Bits().ShouldBeGreaterThan(0);
                OnnxElementTypeSize.IsDefined((int)type).ShouldBeTrue();
            }
        }

        OnnxElementTypeSize.IsDefined(0).ShouldBeFalse();
        OnnxElementTypeSize.IsDefined((int)Enum.GetValues<OnnxElementType>().Max() + 1).ShouldBeFalse();
    }

    private static OnnxTensor Read(TensorProto proto) => Read(proto.ToByteArray());

    private static OnnxTensor Read(byte[] bytes)
    {
        var sink = new DiagnosticSink();
        OnnxTensor? tensor = OnnxReader.ReadTensor(bytes, "tensor.pb", sink);
        sink.All.ShouldBeEmpty();
        return tensor.ShouldNotBeNull();
    }
}
