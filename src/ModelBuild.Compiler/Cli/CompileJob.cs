using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Export;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Report;
using ModelBuild.Onnx;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Cli;

/// <summary>
/// One model to compile to files. Either all files are written, complete, or none. NAME.inputs lists, one a line, the files that the model itself names, so that
/// a build knows when to look again.
/// </summary>
/// <param name="ModelPath">The ONNX file.</param>
/// <param name="Folder">Where to write.</param>
/// <param name="Name">The name of the files.</param>
/// <param name="ClassName">The class to generate.</param>
/// <param name="Namespace">Its namespace; empty for none.</param>
/// <param name="ResourceName">The name under which the build embeds the weights.</param>
/// <param name="Settings">Options as they were given.</param>
/// <param name="SignatureOnly">Whether to write only the plan of the signature.</param>
internal sealed record CompileJob(
    string ModelPath,
    string Folder,
    string Name,
    string ClassName,
    string Namespace,
    string ResourceName,
    IReadOnlyList<(string Name, string Value)> Settings,
    bool SignatureOnly)
{
    /// <summary>Compiles the model unless the files are there already and up to date.</summary>
    public void Run(TextWriter output, DiagnosticSink sink)
    {
        var options = OptionReader.Read(Settings, ModelPath, sink);
        if (sink.HasErrors || OnnxReader.Read(ModelPath, sink) is not { } model)
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(Folder);
            using var files = OutputFiles.Lock(Folder, Name);
            var identity = new PlanIdentity(CompileKey.Of(this, model, options), Source(model), ClassName, Namespace, ResourceName, options.Threads);
            if (SignatureOnly)
            {
                WriteSignature(files, model, options, identity, sink);
            }
            else if (files.AreUpToDate(identity.Key))
            {
                output.WriteLine($"{Name}: up to date");
            }
            else
            {
                Write(files, model, options, identity, output, sink);
            }
        }
        catch (OperatorException exception)
        {
            sink.Add(exception.ToDiagnostic(ModelPath, null));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            sink.Add(OptionDiagnostics.OutputUnwritable.Create(ModelPath, null, exception.Message.TrimEnd('.')));
        }
    }

    private static void Write(OutputFiles files, OnnxModel model, CompileOptions options, PlanIdentity identity, TextWriter output, DiagnosticSink sink)
    {
        if (ModelCompiler.Compile(model, options, sink) is not { } compiled)
        {
            return;
        }

        var (plan, weights) = compiled.ToPlan(identity);
        files.Write(
        [
            (".weights", weights.WriteTo),
            .. OptimizedModel(compiled, model, options, output, sink),
            (".report.md", Text(ReportText.Write(compiled.Report, plan, ModelBytes(model)))),
            (".inputs", Text(string.Concat(model.ExternalFiles.Select(file => file + "\n")))),
            (".plan", Text(PlanWriter.Write(plan))),
        ]);
        output.WriteLine($"{files.Name}: {plan.Calls.Count()} kernel calls, {weights.Length} bytes of weights");
    }

    private static Action<Stream> Text(string text) => stream => stream.Write(Encoding.UTF8.GetBytes(text));

    private static long ModelBytes(OnnxModel model) => model.ExternalFiles.Append(model.FileName).Sum(file => new FileInfo(file).Length);

    // The compressed model in ONNX, for other tools. A model that no operator set can say is compiled all the same, which is worth a warning where there is something
    // in it that the original has not.
    private static IEnumerable<(string Extension, Action<Stream> Write)> OptimizedModel(CompiledModel compiled, OnnxModel model, CompileOptions options, TextWriter output, DiagnosticSink sink)
    {
        try
        {
            var optimized = OnnxExporter.Export(compiled, model);
            return OnnxWriter.Fits(optimized)
                ? [(".optimized.onnx", stream => OnnxWriter.Write(optimized, stream))]
                : throw new ExportException("its weights take more than the 2 GB that one ONNX file can hold");
        }
        catch (ExportException) when (!compiled.IsCompressed && OnnxWriter.Fits(model))
        {
            return [(".optimized.onnx", stream => OnnxWriter.Write(model, stream))];
        }
        catch (ExportException exception)
        {
            if (options.Compresses)
            {
                sink.Add(CompressionDiagnostics.NotExported.Create(model.FileName, null, exception.Message));
            }
            else
            {
                output.WriteLine($"{Path.GetFileName(model.FileName)}: no .optimized.onnx: {exception.Message}");
            }

            return [];
        }
    }

    private static void WriteSignature(OutputFiles files, OnnxModel model, CompileOptions options, PlanIdentity identity, DiagnosticSink sink)
    {
        if (ModelCompiler.Compile(model, options with { Bits = Precision.Float32, LayerBits = [], Calibration = [], Labels = null, Sparsity = 0, SparsityThreshold = 0 }, sink) is { } compiled)
        {
            files.Write((".signature.plan", Text(PlanWriter.Write(SignaturePlan.Of(compiled.ToPlan(identity).Plan)))));
        }
    }

    private static ModelSource Source(OnnxModel model)
    {
        var opsets = new List<string>();
        foreach (var (domain, version) in model.Opsets)
        {
            opsets.Add(domain.Length == 0 ? $"{version}" : $"{domain} {version}");
        }

        opsets.Sort(StringComparer.Ordinal);
        return new ModelSource(Path.GetFileName(model.FileName), model.Sha256, string.Join(", ", opsets), $"{model.ProducerName} {model.ProducerVersion}".Trim());
    }
}
