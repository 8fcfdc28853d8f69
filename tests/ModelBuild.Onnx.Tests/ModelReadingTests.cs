using System;
using System.Linq;
using Google.Protobuf;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Onnx.Protos;
using Shouldly;
using Xunit;
using Dimension = ModelBuild.Onnx.Protos.TensorShapeProto.Types.Dimension;

namespace ModelBuild.Onnx.Tests;

/// <summary>What is unusual in a model and yet not wrong.</summary>
public sealed class ModelReadingTests
{
    [Fact]
    public void Models_of_the_first_IR_versions_use_the_first_operator_set()
    {
        OnnxModel model = Read(m =>
        {
            m.IrVersion = 2;
            m.OpsetImport.Clear();
        });

        model.Opsets.ShouldHaveSingleItem().ShouldBe(new(OnnxDomain.Standard, 1L));
    }

    [Fact]
    public void The_standard_domain_has_one_spelling()
    {
        OnnxModel model = Read(m =>
        {
            m.OpsetImport[0].Domain = "ai.onnx";
            m.OpsetImport.Add(new OperatorSetIdProto { Version = 13 });
            m.Graph.Node[0].Domain = "ai.onnx";
        });

        model.Opsets.ShouldHaveSingleItem().ShouldBe(new(OnnxDomain.Standard, 13L));
        model.Graph.Nodes[0].Domain.ShouldBe(OnnxDomain.Standard);
    }

    [Fact]
    public void A_model_that_uses_no_standard_operator_need_not_import_them()
    {
        OnnxModel model = Read(m =>
        {
            m.OpsetImport[0] = new OperatorSetIdProto { Domain = "ai.onnx.ml", Version = 3 };
            m.Graph.Node[0].Domain = "ai.onnx.ml";
        });

        model.Opsets.Keys.ShouldBe(["ai.onnx.ml"]);
    }

    [Fact]
    public void The_operators_of_ONNX_Runtime_need_no_import() => Read(m => m.Graph.Node[0].Domain = OnnxDomain.Microsoft).Graph.Nodes[0].Domain.ShouldBe(OnnxDomain.Microsoft);

    [Fact]
    public void Negative_and_empty_dimensions_mean_unknown()
    {
        OnnxModel model = Read(m => m.Graph.Input[0].Type.TensorType.Shape = new TensorShapeProto
        {
            Dim = { new Dimension { DimValue = -1 }, new Dimension { DimParam = "" }, new Dimension(), new Dimension { DimValue = 0 }, new Dimension { DimParam = "n" } },
        });

        var type = (OnnxTensorType)model.Graph.Inputs[0].Type!;
        type.Shape!.Select(dimension => dimension.ToString()).ShouldBe(["?", "?", "?", "0", "n"]);
    }

    [Fact]
    public void An_initializer_may_be_the_default_of_an_input()
    {
        OnnxModel model = Read(m => m.Graph.Initializer.Add(Samples.Tensor("x", 2)));

        model.Graph.Inputs[0].Name.ShouldBe(model.Graph.Initializers[0].Name);
    }

    [Fact]
    public void Attributes_without_type_take_that_of_their_only_value()
    {
        OnnxModel model = Read(m => m.Graph.Node[0].Attribute.Add(
        [
            new AttributeProto { Name = "zero", F = 0 },
            new AttributeProto { Name = "list", Ints = { 1, 2 } },
            new AttributeProto { Name = "text", S = ByteString.CopyFromUtf8("t") },
        ]));

        OnnxNode node = model.Graph.Nodes[0];
        node.Attribute("zero")!.Float.ShouldBe(0);
        node.Attribute("list")!.Ints.ShouldBe([1, 2]);
        node.Attribute("text")!.String.ShouldBe("t");
        node.Attribute("none").ShouldBeNull();
    }

    [Fact]
    public void A_typed_attribute_without_value_is_zero_or_empty()
    {
        OnnxModel model = Read(m => m.Graph.Node[0].Attribute.Add(
        [
            new AttributeProto { Name = "i", Type = AttributeProto.Types.AttributeType.Int },
            new AttributeProto { Name = "l", Type = AttributeProto.Types.AttributeType.Strings },
        ]));

        model.Graph.Nodes[0].Attribute("i")!.Int.ShouldBe(0);
        model.Graph.Nodes[0].Attribute("l")!.Strings.ShouldBeEmpty();
    }

    [Fact]
    public void Reading_an_attribute_as_another_kind_is_refused()
    {
        OnnxAttribute attribute = OnnxAttribute.Of("axis", 1L);

        Should.Throw<InvalidOperationException>(() => attribute.Float).Message.ShouldBe("Attribute 'axis' holds Int, not Float.");
    }

    [Fact]
    public void A_subgraph_sees_the_values_around_it_and_may_reuse_their_names()
    {
        OnnxModel model = Read(m => m.Graph.Node.Add(Samples.Node("If", ["x"], ["z"], Samples.Graph("then_branch", new GraphProto
        {
            Node = { Samples.Node("Neg", ["y"], ["x"]), Samples.Node("Abs", ["x"], ["y2"]) },
            Output = { Samples.Value("y2") },
        }))));

        model.Graph.Nodes[1].Attributes[0].NestedGraphs.ShouldHaveSingleItem().Nodes.Count.ShouldBe(2);
    }

    [Fact]
    public void Unsorted_nodes_are_sorted_close_to_their_order_and_keep_their_numbers()
    {
        var sink = new DiagnosticSink();
        OnnxModel model = Read(
            m =>
            {
                m.Graph.Node.Clear();
                m.Graph.Node.Add(
                [
                    Samples.Node("C", ["b"], ["y"]),
                    Samples.Node("D", ["x"], ["d"]),
                    Samples.Node("B", ["a"], ["b"]),
                    Samples.Node("A", ["x"], ["a"]),
                ]);
            },
            sink);

        model.Graph.Nodes.Select(node => node.OpType).ShouldBe(["D", "A", "B", "C"]);
        model.Graph.Nodes.Select(node => node.Index).ShouldBe([1, 3, 2, 0]);
        sink.All.ShouldHaveSingleItem().Code.ShouldBe("MB1025");
    }

    [Fact]
    public void A_node_comes_after_what_its_subgraph_reads_at_any_depth()
    {
        GraphProto inner = new() { Node = { Samples.Node("Neg", ["late"], ["inner"]) }, Output = { Samples.Value("inner") } };
        GraphProto middle = new() { Node = { Samples.Node("If", ["x"], ["m"], Samples.Graph("then_branch", inner)) }, Output = { Samples.Value("m") } };
        var sink = new DiagnosticSink();

        OnnxModel model = Read(
            m => m.Graph.Node.Add([Samples.Node("If", ["x"], ["z"], Samples.Graph("then_branch", middle)), Samples.Node("Abs", ["x"], ["late"])]),
            sink);

        model.Graph.Nodes.Select(node => node.OpType).ShouldBe(["Relu", "Abs", "If"]);
        sink.All.ShouldHaveSingleItem().Code.ShouldBe("MB1025");
    }

    [Fact]
    public void A_long_chain_of_unsorted_nodes_is_sorted()
    {
        const int Length = 20_000;
        OnnxModel model = Read(
            m =>
            {
                m.Graph.Node.Clear();
                m.Graph.Node.AddRange(Enumerable.Range(0, Length).Select(i =>
                    Samples.Node("Neg", [i == Length - 1 ? "x" : $"v{i + 1}"], [i == 0 ? "y" : $"v{i}"])));
            },
            new DiagnosticSink());

        model.Graph.Nodes[0].Index.ShouldBe(Length - 1);
        model.Graph.Nodes[^1].Index.ShouldBe(0);
    }

    [Fact]
    public void A_function_with_references_to_attributes_of_its_call_is_read()
    {
        OnnxModel model = Read(m =>
        {
            m.OpsetImport.Add(new OperatorSetIdProto { Domain = "local", Version = 1 });
            m.Graph.Node[0] = new NodeProto(Samples.Node("F", ["x"], ["y"], Samples.Int("k", 1))) { Domain = "local" };
            m.Functions.Add(Samples.Function("F", Samples.Node("Softmax", ["a"], ["b"],
                new AttributeProto { Name = "axis", Type = AttributeProto.Types.AttributeType.Int, RefAttrName = "k" })));
        });

        OnnxAttribute reference = model.Functions.ShouldHaveSingleItem().Nodes[0].Attributes[0];
        reference.Reference.ShouldBe("k");
        reference.Kind.ShouldBe(OnnxAttributeKind.Int);
    }

    [Fact]
    public void Fields_of_the_future_are_skipped()
    {
        byte[] bytes = [.. Samples.Model().ToByteArray(), 0xfa, 0x3f, 3, 1, 2, 3];

        OnnxReader.Read(bytes, "model.onnx", new DiagnosticSink()).ShouldNotBeNull();
    }

    private static OnnxModel Read(Action<ModelProto> change, DiagnosticSink? sink = null)
    {
        DiagnosticSink used = sink ?? new DiagnosticSink();
        OnnxModel? model = OnnxReader.Read(Samples.Model(change).ToByteArray(), "model.onnx", used);
        if (sink is null)
        {
            used.All.ShouldBeEmpty();
        }

        return model.ShouldNotBeNull();
    }
}
