using System.CommandLine;
using System.IO;
using ModelBuild.Onnx.Diagnostics;

namespace ModelBuild.Compiler.Cli;

/// <summary><c>compile MODEL --out DIR</c>: writes the plan, the weights, the report and the optimized ONNX model.</summary>
internal static class CompileCommand
{
    public static Command Create(TextWriter output, TextWriter error)
    {
        var model = new ModelArguments();
        var folder = new Option<string>("--out") { Description = "The folder to write to.", Required = true };
        var name = new Option<string?>("--name") { Description = "The name of the files to write; by default the model's." };
        var className = new Option<string?>("--class") { Description = "The class to generate; by default made of the model's name." };
        var space = new Option<string?>("--namespace") { Description = "The namespace of the class." };
        var resource = new Option<string?>("--resource") { Description = "The name under which the build embeds the weights." };
        var signatureOnly = new Option<bool>("--signature-only") { Description = "Writes only NAME.signature.plan, which has the class's signature and no code." };
        var command = new Command("compile", "Compiles a model.") { folder, name, className, space, resource, signatureOnly };
        model.AddTo(command);
        command.SetAction(result =>
        {
            var path = result.GetValue(model.Model)!;
            var baseName = result.GetValue(name) ?? Path.GetFileNameWithoutExtension(path);
            var sink = new DiagnosticSink();
            var job = new CompileJob(
                path,
                result.GetValue(folder)!,
                baseName,
                result.GetValue(className) ?? ClassNames.Of(baseName),
                result.GetValue(space) ?? string.Empty,
                result.GetValue(resource) ?? $"ModelBuild.{baseName}.weights",
                model.Read(result),
                result.GetValue(signatureOnly));
            job.Run(output, sink);
            return CommandLine.Report(sink, error);
        });
        return command;
    }
}
