using System.CommandLine;
using System.IO;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Passes;
using ModelBuild.Onnx;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Cli;

/// <summary><c>dump MODEL [--after PASS]</c>: prints the graph after every stage, or after one, and the kernel calls at the end.</summary>
internal static class DumpCommand
{
    public static Command Create(TextWriter output, TextWriter error)
    {
        var model = new ModelArguments();
        var after = new Option<string?>("--after") { Description = "Prints the graph after this stage only; \"Program\" means the kernel calls." };
        var command = new Command("dump", "Prints what the passes make of a model.") { after };
        model.AddTo(command);
        command.SetAction(result =>
        {
            var sink = new DiagnosticSink();
            var path = result.GetValue(model.Model)!;
            var options = OptionReader.Read(model.Read(result), path, sink);
            var only = result.GetValue(after);
            if (!sink.HasErrors && OnnxReader.Read(path, sink) is { } onnx)
            {
                GraphObserver print = (stage, graph) =>
                {
                    if (only is null || only == stage)
                    {
                        output.WriteLine($"# {stage}");
                        output.WriteLine(graph);
                    }
                };
                if (ModelCompiler.Compile(onnx, options, sink, print) is { } compiled && only is null or "Program")
                {
                    output.WriteLine("# Program");
                    foreach (var step in compiled.Program.Steps)
                    {
                        output.WriteLine($"{PlanWriter.Keyword(step.Plan)} {PlanWriter.Write(step.Plan)}".TrimEnd());
                    }
                }
            }

            return CommandLine.Report(sink, error);
        });
        return command;
    }
}
