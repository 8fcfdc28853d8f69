using System;
using System.Linq;
using Google.Protobuf;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Onnx.Protos;
using Shouldly;
using Xunit;

namespace ModelBuild.Onnx.Tests;

public sealed class ValueReadingTests
{
    private static readonly OnnxTensorType Floats = new(OnnxElementType.Float, null);

    [Fact]
    public void A_sequence_keeps_the_order_of_its_tensors()
    {
        var proto = new SequenceProto { ElemType = 1, TensorValues = { Samples.Tensor("a", 1), Samples.Tensor("b", 2) } };

        var value = (OnnxSequenceValue)Read(proto.ToByteArray(), new OnnxSequenceType(Floats))!;

        value.Elements.Cast<OnnxTensorValue>().Select(element => element.Tensor.Name).ShouldBe(["a", "b"]);
    }

    [Fact]
    public void An_optional_without_value_holds_nothing()
    {
        byte[] bytes = new OptionalProto { Name = "o", ElemType = 0 }.ToByteArray();

        ((OnnxOptionalValue)Read(bytes, new OnnxOptionalType(Floats))!).Value.ShouldBeNull();
        ((OnnxOptionalValue)Read([], new OnnxOptionalType(Floats))!).Value.ShouldBeNull();
    }

    [Fact]
    public void A_map_pairs_keys_and_values()
    {
        var proto = new MapProto
        {
            KeyType = (int)OnnxElementType.Int64,
            Keys = { 7, -1 },
            Values = new SequenceProto { ElemType = 1, TensorValues = { Samples.Tensor("a", 1), Samples.Tensor("b", 1) } },
        };

        var value = (OnnxMapValue)Read(proto.ToByteArray(), new OnnxMapType(OnnxElementType.Int64, Floats))!;

        value.IntegerKeys.ShouldBe([7, -1]);
        value.Values.Count.ShouldBe(2);
    }

    [Fact]
    public void A_broken_tensor_in_a_sequence_is_reported()
    {
        var proto = new SequenceProto { TensorValues = { Samples.Tensor("a", OnnxElementType.Float, [2], new byte[7]) } };
        var sink = new DiagnosticSink();

        OnnxReader.ReadValue(proto.ToByteArray(), new OnnxSequenceType(Floats), "input_0.pb", sink).ShouldBeNull();

        sink.All.ShouldHaveSingleItem().Code.ShouldBe("MB1051");
    }

    [Fact]
    public void A_type_without_stored_form_is_the_callers_mistake() =>
        Should.Throw<ArgumentOutOfRangeException>(() => Read([], new OnnxOpaqueType("d", "n")));

    private static OnnxValue? Read(byte[] bytes, OnnxType type)
    {
        var sink = new DiagnosticSink();
        OnnxValue? value = OnnxReader.ReadValue(bytes, type, "input_0.pb", sink);
        sink.All.ShouldBeEmpty();
        return value;
    }
}
