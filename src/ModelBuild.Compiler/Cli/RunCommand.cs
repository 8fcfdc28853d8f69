using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Options;
using ModelBuild.Onnx;
using ModelBuild.Onnx.Diagnostics;

namespace ModelBuild.Compiler.Cli;

/// <summary><c>run MODEL --input a.npy ... [--out DIR]</c>: compiles a model in memory, runs it once and writes or prints its outputs.</summary>
internal static class RunCommand
{
    private const int PrintedValues = 10;

    public static Command Create(TextWriter output, TextWriter error)
    {
        var model = new ModelArguments();
        var inputs = new Option<string[]>("--input") { Description = "A .npy file for each input, in order.", Required = true, AllowMultipleArgumentsPerToken = true };
        var folder = new Option<string?>("--out") { Description = "Writes each output to NAME.npy in this folder instead of printing it." };
        var command = new Command("run", "Runs a model.") { inputs, folder };
        model.AddTo(command);
        command.SetAction(result =>
        {
            var sink = new DiagnosticSink();
            var path = result.GetValue(model.Model)!;
            var options = OptionReader.Read(model.Read(result), path, sink);
            if (!sink.HasErrors && OnnxReader.Read(path, sink) is { } onnx && ModelCompiler.Compile(onnx, options, sink) is { } compiled)
            {
                try
                {
                    var tensors = result.GetValue(inputs)!.Select(file => NpyTensors.Read(file)).ToArray();
                    Write(compiled, new ProgramRunner(compiled.Program).Run(tensors), result.GetValue(folder), output);
                }
                catch (Exception exception) when (exception is ArgumentException or InvalidDataException or IOException or UnauthorizedAccessException)
                {
                    sink.Add(OptionDiagnostics.InvalidCommandLine.Create(path, null, exception.Message.TrimEnd('.')));
                }
            }

            return CommandLine.Report(sink, error);
        });
        return command;
    }

    private static void Write(CompiledModel compiled, IReadOnlyList<Tensor> outputs, string? folder, TextWriter output)
    {
        foreach (var (name, tensor) in compiled.Graph.Outputs.Select(item => item.Name).Zip(outputs))
        {
            if (folder is null)
            {
                var head = tensor.Length <= PrintedValues ? tensor : null;
                output.WriteLine($"{name}: {tensor.TensorType}{(head is null ? string.Empty : " " + TensorText.Of(head))}");
                continue;
            }

            Directory.CreateDirectory(folder);
            NpyTensors.Write(Path.Combine(folder, string.Concat(name.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '_')) + ".npy"), tensor);
        }
    }
}
