using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.Export;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.Ops;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Tests.Compression;
using ModelBuild.Compiler.Verification;
using ModelBuild.Onnx;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Plan;
using ModelBuild.Testing.OnnxRuntime;
using Shouldly;
using Xunit;
using Tensor = ModelBuild.Compiler.IR.Tensor;

namespace ModelBuild.Compiler.Tests.Conformance;

/// <summary>
/// ONNX's own cases, written and read again: our compiler gives the same bits as without the detour, and ONNX Runtime, where it takes the case, takes what is written, too,
/// and gives the same.
/// </summary>
[Collection(CaseCollection.Name)]
public sealed class ExportedCaseTests(CaseFolder cases)
{
    private static readonly Tolerance Tolerance = new(1e-3, 1e-5, 1e-4, Steps: 1);

    // Operators on the parts of sequences and optionals that have no form.
    private static readonly string[] Refused = ["SequenceElement", "SequencePlace", "SplitShapes", "SplitElements", "JoinSequence", "JoinedShape"];

    // ONNX Runtime has a finite number where the definition by other operators, which is what is written, gives -infinity.
    private static readonly string[] OtherForOnnxRuntime = ["test_attention_4d_with_past_and_present_qk_matmul_bias_3d_mask_causal"];

    [SkippableTheory]
    [InlineData("node")]
    [InlineData("simple")]
    [InlineData("pytorch-operator")]
    public void A_case_that_is_written_computes_what_it_did(string category)
    {
        OnnxRuntimeOracle.Require();
        var problems = new List<string>();
        var refused = 0;
        foreach (var item in VerifyCase.Find(Path.Combine(cases.Path, category)))
        {
            if (OnnxReader.Read(item.Model, new DiagnosticSink()) is { } model && GraphImporter.Import(model, DimensionOverrides.None, new DiagnosticSink()) is { } graph && !CaseTolerance.IsRandom(model.Graph)
                && ModelCompiler.Compile(model, new CompileOptions(), new DiagnosticSink()) is { } compiled)
            {
                try
                {
                    problems.AddRange(Differences(item, model, compiled, CaseReader.Read(item, model, graph).First().Inputs).Select(problem => $"{item.Name}: {problem}"));
                }
                catch (ExportException exception) when (!Refused.Any(op => exception.Message.Contains($"(modelbuild.{op}) ", StringComparison.Ordinal)))
                {
                    problems.Add($"{item.Name}: {exception.Message}");
                }
                catch (ExportException)
                {
                    refused++;
                }
            }
        }

        problems.ShouldBeEmpty();
        refused.ShouldBeLessThan(20);
    }

    private static IEnumerable<string> Differences(VerifyCase item, OnnxModel model, CompiledModel compiled, IReadOnlyList<Tensor> inputs)
    {
        var written = Compiling.Export(compiled, model);
        var own = new ProgramRunner(compiled.Program).Run(inputs);
        var sink = new DiagnosticSink();
        var again = OnnxReader.Read(written, "exported.onnx", sink) is { } read ? ModelCompiler.Compile(read, new CompileOptions(), sink) : null;
        if (again is null)
        {
            yield return $"is not read again: {sink.All[0].Message}";
            yield break;
        }

        var detour = new ProgramRunner(again.Program).Run(inputs);
        if (own.Zip(detour).Any(pair => !AreSame(pair.First, pair.Second)))
        {
            yield return "gives other bits when it is read again";
        }

        var original = RunByOnnxRuntime(File.ReadAllBytes(item.Model), inputs, out _);
        if (original is null || OtherForOnnxRuntime.Contains(Path.GetFileName(item.Name)))
        {
            yield break;
        }

        var exported = RunByOnnxRuntime(written, inputs, out var error);
        if (exported is null)
        {
            yield return $"is not run by ONNX Runtime any more: {error}";
        }
        else if (original.Zip(exported).Where(pair => !pair.First.Type.IsNarrow()).Select(pair => Comparison.Difference(pair.First, pair.Second, Tolerance)).FirstOrDefault(difference => difference is not null) is { } difference)
        {
            yield return $"gives something else in ONNX Runtime: {difference}";
        }
    }

    private static bool AreSame(Tensor a, Tensor b) =>
        a.Type == b.Type && a.Dims.SequenceEqual(b.Dims) && (a.Type == ElementType.String ? a.Strings.SequenceEqual(b.Strings) : a.Bytes.SequenceEqual(b.Bytes));

    // Null where it does not run the model.
    private static IReadOnlyList<Tensor>? RunByOnnxRuntime(byte[] model, IReadOnlyList<Tensor> inputs, out string error)
    {
        try
        {
            using var session = new OrtSession(model, new OrtSessionOptions { Optimization = OrtOptimizationLevel.None });
            error = string.Empty;
            return [.. session.Run([.. inputs.Select(Foreign)]).Select(Own)];
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            error = exception.Message;
            return null;
        }
    }

    private static Testing.Tensor Foreign(Tensor tensor) => tensor.Type == ElementType.String
        ? new Testing.Tensor([.. tensor.Dims], [.. tensor.Strings])
        : new Testing.Tensor((Testing.TensorType)(int)tensor.Type, [.. tensor.Dims], tensor.Bytes.ToArray());

    private static Tensor Own(Testing.Tensor tensor) => tensor.Type == Testing.TensorType.String
        ? Tensor.Of([.. tensor.Strings], [.. tensor.Shape])
        : new Tensor((ElementType)(int)tensor.Type, [.. tensor.Shape], tensor.Bytes.ToArray());
}
