using System;
using System.Linq;
using ModelBuild.Onnx.Diagnostics;
using Shouldly;
using Xunit;

namespace ModelBuild.Onnx.Tests;

public sealed class DiagnosticTests
{
    private static readonly DiagnosticDescriptor Sample = new("MB1999", DiagnosticSeverity.Error, "A sample", "{0} is wrong", "Do this.");

    [Theory]
    [InlineData(DiagnosticSeverity.Error, "error")]
    [InlineData(DiagnosticSeverity.Warning, "warning")]
    [InlineData(DiagnosticSeverity.Note, "note")]
    public void The_text_has_the_form_that_build_hosts_parse(DiagnosticSeverity severity, string word)
    {
        Diagnostic diagnostic = (Sample with { Severity = severity }).Create("a/b.onnx", "node \"x\" (Conv, opset 11)", "all");

        diagnostic.ToString().ShouldBe($"a/b.onnx : {word} MB1999: node \"x\" (Conv, opset 11): all is wrong. Do this.");
    }

    [Fact]
    public void A_diagnostic_without_node_starts_with_what_is_wrong() =>
        Sample.Create("b.onnx", null, 7).ToString().ShouldBe("b.onnx : error MB1999: 7 is wrong. Do this.");

    [Fact]
    public void The_full_stop_of_a_system_message_is_not_doubled() =>
        (Sample with { MessageFormat = "cannot read: {0}" }).Create("b.onnx", null, "Access denied.").ToString()
            .ShouldBe("b.onnx : error MB1999: cannot read: Access denied. Do this.");

    [Fact]
    public void Names_with_line_breaks_cannot_forge_a_second_diagnostic()
    {
        string name = "x\r\nother.onnx : error MB1000: forged\u2028\u001b[2J\u202e";

        string text = Sample.Create("a\nb.onnx", new OnnxNode { OpType = "Re\nlu", Name = name }.Describe(13), name).ToString();

        text.ShouldNotContain('\n');
        text.ShouldNotContain('\r');
        text.ShouldNotContain('\u2028');
        text.ShouldNotContain('\u001b');
        text.ShouldNotContain('\u202e');
        text.ShouldStartWith("a\\u000ab.onnx : error MB1999: node \"x\\u000d\\u000aother.onnx");
    }

    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("", "\"\"")]
    [InlineData("with \"quotes\"", "\"with \\\"quotes\\\"\"")]
    [InlineData("日本語 🙂", "\"日本語 🙂\"")]
    [InlineData("tab\t", "\"tab\\u0009\"")]
    public void Names_are_quoted_and_escaped(string name, string quoted) => DiagnosticText.Quote(name).ShouldBe(quoted);

    // Not a row above: test runners cannot pass half a character.
    [Fact]
    public void Half_a_character_is_escaped() => DiagnosticText.Quote("a\ud83d").ShouldBe("\"a\\ud83d\"");

    [Fact]
    public void Long_names_are_cut_without_splitting_a_character()
    {
        string quoted = DiagnosticText.Quote(new string('a', 199) + "🙂" + new string('b', 1_000_000));

        quoted.ShouldBe("\"" + new string('a', 199) + "...\"");
    }

    [Fact]
    public void A_sink_keeps_the_first_thousand_and_counts_the_others()
    {
        var sink = new DiagnosticSink();
        DiagnosticDescriptor warning = Sample with { Severity = DiagnosticSeverity.Warning };
        foreach (int i in Enumerable.Range(0, DiagnosticSink.Limit))
        {
            sink.Add(warning.Create("f", null, i));
        }

        sink.HasErrors.ShouldBeFalse();
        sink.Add(Sample.Create("f", null, "last"));

        sink.HasErrors.ShouldBeTrue();
        sink.All.Count.ShouldBe(DiagnosticSink.Limit);
        sink.Dropped.ShouldBe(1);
    }

    [Fact]
    public void An_unnamed_node_is_found_by_its_operator_its_place_and_its_output()
    {
        new OnnxNode { OpType = "Conv", Index = 3, Outputs = ["", "y"] }.DisplayName.ShouldBe("Conv#3 (output \"y\")");
        new OnnxNode { OpType = "Conv", Index = 3 }.DisplayName.ShouldBe("Conv#3");
        new OnnxNode { OpType = "Conv", Domain = "com.example", Name = "c" }.Describe(null).ShouldBe("node \"c\" (com.example.Conv, no opset)");
    }

    [Fact]
    public void Errors_of_another_file_in_the_same_sink_do_not_fail_a_good_model()
    {
        var sink = new DiagnosticSink();
        OnnxReader.Read(Array.Empty<byte>(), "bad.onnx", sink).ShouldBeNull();

        OnnxReader.Read(Google.Protobuf.MessageExtensions.ToByteArray(Samples.Model()), "good.onnx", sink).ShouldNotBeNull();

        sink.All.ShouldHaveSingleItem().File.ShouldBe("bad.onnx");
    }
}
