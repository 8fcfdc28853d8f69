using System.Collections.Generic;
using System.IO;
using System.Linq;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Testing;
using Shouldly;
using Xunit;

namespace ModelBuild.Onnx.Tests;

public sealed class FailingModelTests
{
    public static IEnumerable<object[]> Models => FailingModels.All.Select(model => new object[] { model.Code, model.Name });

    public static IEnumerable<object[]> Codes => DiagnosticDescriptor.In(typeof(ReaderDiagnostics)).Select(d => new object[] { d.Id });

    [Theory]
    [MemberData(nameof(Models))]
    public void A_failing_model_is_reported_with_its_code_and_no_other(string code, string name)
    {
        using var folder = new TemporaryFolder();
        string path = FailingModels.Find(name).Write(folder);
        var sink = new DiagnosticSink();

        OnnxModel? model = OnnxReader.Read(path, sink);

        sink.All.ShouldNotBeEmpty();
        sink.All.ShouldAllBe(diagnostic => diagnostic.Code == code);
        (model is null).ShouldBe(sink.HasErrors);
        foreach (Diagnostic diagnostic in sink.All)
        {
            diagnostic.File.ShouldBe(path);
            diagnostic.ToString().ShouldMatch(@"^[^\p{C}]+ : (error|warning) MB1\d{3}: [^\p{C}]+\.$");
            diagnostic.ToString().ShouldNotContain("{", customMessage: "a placeholder was not filled");
        }
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Each_code_has_a_failing_model(string code) =>
        FailingModels.All.ShouldContain(model => model.Code == code);

    [Theory]
    [MemberData(nameof(Codes))]
    public void Each_code_has_a_page_that_starts_with_its_title(string code)
    {
        DiagnosticDescriptor descriptor = DiagnosticDescriptor.In(typeof(ReaderDiagnostics)).Single(d => d.Id == code);
        string page = RepositoryRoot.Combine("docs", "diagnostics", code + ".md");

        File.Exists(page).ShouldBeTrue(page);
        string[] lines = File.ReadAllLines(page);
        lines[0].ShouldBe($"# {code}: {descriptor.Title}");
        lines.ShouldContain("## What to do");
    }

    [Fact]
    public void Codes_are_unique_and_every_page_belongs_to_one()
    {
        string[] codes = [.. DiagnosticDescriptor.In(typeof(ReaderDiagnostics)).Select(d => d.Id)];
        codes.ShouldBeUnique();
        IEnumerable<string> pages = Directory.EnumerateFiles(RepositoryRoot.Combine("docs", "diagnostics"), "MB1*.md")
            .Select(page => Path.GetFileNameWithoutExtension(page)!);
        pages.ShouldBe(codes, ignoreOrder: true);
    }

    [Fact]
    public void All_problems_of_a_model_are_reported_at_once()
    {
        using var folder = new TemporaryFolder();
        byte[] bytes = Google.Protobuf.MessageExtensions.ToByteArray(Samples.Model(model =>
        {
            model.IrVersion = 0;
            model.Graph.Initializer.Add(Samples.Tensor("w", OnnxElementType.Float, [2], new byte[7]));
            model.Graph.Node.Add(Samples.Node("Neg", ["nowhere"], ["z"]));
            model.Graph.Output.Add(Samples.Value("nothing"));
        }));
        var sink = new DiagnosticSink();

        OnnxReader.Read(folder.Write("m.onnx", bytes), sink).ShouldBeNull();

        sink.All.Select(diagnostic => diagnostic.Code).ShouldBe(["MB1011", "MB1051", "MB1022", "MB1023"]);
    }

    [Fact]
    public void A_message_names_file_node_operator_and_remedy()
    {
        byte[] bytes = Google.Protobuf.MessageExtensions.ToByteArray(Samples.Model(model =>
        {
            model.Graph.Node[0].Name = "/stem/Relu";
            model.Graph.Node[0].Input[0] = "nowhere";
        }));
        var sink = new DiagnosticSink();

        OnnxReader.Read(bytes, "kws.onnx", sink);

        sink.All.ShouldHaveSingleItem().ToString().ShouldBe(
            "kws.onnx : error MB1022: node \"/stem/Relu\" (Relu, opset 13): input 0, \"nowhere\", is produced by no node, input or initializer. "
            + "The exporter wrote an invalid model: report it there, or repair the file and try again.");
    }
}
