using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Options;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Testing;
using Shouldly;
using Xunit;

namespace ModelBuild.Compiler.Tests.Compression;

/// <summary>Pages that follow from tables.</summary>
public class OptionsPageTests
{
    [Fact]
    public void The_page_of_options_says_what_the_table_says()
    {
        var text = new StringBuilder();
        text.Append("# Options\n\n");
        text.Append("Metadata of an `OptimizedModel` item; the compiler's command line has the same options in the form of the third column.\n\n");
        text.Append("| Option | Values | Command line | What it does |\n|---|---|---|---|\n");
        foreach (var option in OptionTable.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"| `{option.Name}` | {option.Values.Replace("|", "\\|", System.StringComparison.Ordinal)} | `{option.Flag}` | {option.Summary} |\n");
        }

        Page.Match(text.ToString(), "options.md");
    }

    [Fact]
    public void Every_diagnostic_of_compression_has_a_page_with_its_title()
    {
        foreach (var descriptor in DiagnosticDescriptor.In(typeof(CompressionDiagnostics)))
        {
            var page = File.ReadLines(RepositoryRoot.Combine("docs", "diagnostics", descriptor.Id + ".md"));
            page.First().ShouldBe($"# {descriptor.Id}: {descriptor.Title}");
        }
    }
}
