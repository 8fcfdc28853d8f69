using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Options;
using ModelBuild.Onnx;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Verification;

/// <summary>Compiles and runs cases, and compares their outputs.</summary>
/// <param name="options">What to do to the models.</param>
/// <param name="emit">Whether to run the generated classes as well; they must give the same bits as the program itself.</param>
internal sealed class Verifier(CompileOptions options, bool emit)
{
    // One compilation for many models: kernels that they share are compiled once.
    private const int ModelsPerCompilation = 100;
    private const long WeightsPerCompilation = 64 << 20;

    // Operators that are broken, missing, or used in a way that is not compiled.
    private static readonly string[] Unsupported = ["MB2001", "MB2002", "MB2004", "MB2005", "MB2006", "MB2008"];

    /// <summary>Verifies the cases and gives a result for each, as soon as there is one.</summary>
    public IEnumerable<CaseResult> Verify(IEnumerable<VerifyCase> cases)
    {
        var batch = new List<Job>();
        foreach (var item in cases)
        {
            var (job, failure) = Prepare(item);
            if (failure is not null)
            {
                yield return failure;
                continue;
            }

            batch.Add(job!);
            if (batch.Count == ModelsPerCompilation || batch.Sum(other => (long)other.Weights.Length) > WeightsPerCompilation)
            {
                foreach (var result in Finish(batch))
                {
                    yield return result;
                }

                batch.Clear();
            }
        }

        foreach (var result in Finish(batch))
        {
            yield return result;
        }
    }

    private (Job? Job, CaseResult? Failure) Prepare(VerifyCase item)
    {
        try
        {
            var sink = new DiagnosticSink();
            var model = OnnxReader.Read(item.Model, sink);
            var compiled = model is null ? null : ModelCompiler.Compile(model, options, sink);
            if (compiled is null)
            {
                var errors = sink.All.Where(problem => problem.Severity == DiagnosticSeverity.Error).ToArray();
                var outcome = errors.All(error => Unsupported.Contains(error.Code)) ? CaseOutcome.Unsupported : CaseOutcome.Failed;
                return (null, new CaseResult(item, outcome, string.Join("; ", errors.Select(error => $"{error.Code} {error.Node}{(error.Node is null ? string.Empty : ": ")}{error.Message}").Distinct().Take(4))));
            }

            var name = $"M{Guid.NewGuid():N}";
            var identity = new PlanIdentity(new string('0', 64), new ModelSource(Path.GetFileName(item.Model), model!.Sha256, string.Empty, string.Empty), name, "Verified", name, options.Threads);
            var (plan, weights) = emit ? compiled.ToPlan(identity) : default;
            return (new Job(item, model, compiled, plan, weights?.ToArray() ?? []), null);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return (null, Crash(item, exception));
        }
    }

    private IEnumerable<CaseResult> Finish(IReadOnlyList<Job> batch)
    {
        if (batch.Count == 0)
        {
            return [];
        }

        IReadOnlyList<EmittedCall>? emitted = null;
        try
        {
            emitted = emit ? EmitterLibrary.Compile([.. batch.Select(job => (job.Plan!, job.Weights))]) : null;
        }
        catch (InvalidOperationException exception)
        {
            // One class that does not compile must not take the others with it.
            return batch.Count > 1
                ? Finish([.. batch.Take(batch.Count / 2)]).Concat(Finish([.. batch.Skip(batch.Count / 2)]))
                : [new CaseResult(batch[0].Case, CaseOutcome.Failed, $"the generated code does not compile: {exception.Message}")];
        }

        return batch.Select((job, i) => Run(job, emitted is null ? null : new EmittedModel(job.Compiled.Program, job.Plan!, emitted[i])));
    }

    private CaseResult Run(Job job, EmittedModel? emitted)
    {
        try
        {
            var runner = new ProgramRunner(job.Compiled.Program);
            var tolerance = CaseTolerance.Of(job.Case, job.Model, options);
            var isRandom = CaseTolerance.IsRandom(job.Model.Graph);
            var errors = options.Bits == Precision.Int8 ? new CompressionError(job.Model, options) : null;
            foreach (var run in CaseReader.Read(job.Case, job.Model, job.Compiled.Graph))
            {
                var outputs = runner.Run(run.Inputs);
                if (emitted is not null && Disagreement(outputs, emitted, run.Inputs) is { } disagreement)
                {
                    return new CaseResult(job.Case, CaseOutcome.Failed, $"{run.Name}: {disagreement}");
                }

                if (errors?.Add(run, outputs) is { } wrong)
                {
                    return new CaseResult(job.Case, CaseOutcome.Failed, $"{run.Name}: {wrong}");
                }

                for (var i = 0; errors is null && i < outputs.Count; i++)
                {
                    if (run.Outputs[i] is { } expected && (isRandom ? Comparison.TypeDifference(expected, outputs[i]) : Comparison.Difference(expected, outputs[i], tolerance)) is { } difference)
                    {
                        return new CaseResult(job.Case, CaseOutcome.Failed, $"mismatch, {run.Name}, output {i}: {difference}");
                    }
                }
            }

            return new CaseResult(job.Case, CaseOutcome.Passed, errors?.ToString() ?? string.Empty);
        }
        catch (InvalidDataException exception)
        {
            return new CaseResult(job.Case, CaseOutcome.Failed, $"the case's data cannot be read: {exception.Message}");
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return Crash(job.Case, exception);
        }
    }

    // Twice, so that what a run leaves in memory is seen not to matter.
    private static string? Disagreement(IReadOnlyList<Tensor> outputs, EmittedModel emitted, IReadOnlyList<Tensor> inputs)
    {
        for (var time = 0; time < 2; time++)
        {
            foreach (var ((own, other), index) in outputs.Zip(emitted.Run(inputs)).Select((pair, index) => (pair, index)))
            {
                if (own.Type != other.Type || !own.Dims.SequenceEqual(other.Dims) || !SameBits(own, other))
                {
                    return $"output {index} of the generated class is not that of the program{(time == 0 ? string.Empty : " when it runs again")}: {Comparison.Difference(own, other, new Tolerance(0, 0)) ?? "other bits"}";
                }
            }
        }

        return null;
    }

    private static bool SameBits(Tensor a, Tensor b) => a.Type == ElementType.String ? a.Strings.SequenceEqual(b.Strings) : a.Bytes.SequenceEqual(b.Bytes);

    private static CaseResult Crash(VerifyCase item, Exception exception) => new(item, CaseOutcome.Failed, $"crash: {exception.GetType().Name}: {exception.Message}");

    private sealed record Job(VerifyCase Case, OnnxModel Model, CompiledModel Compiled, ModelPlan? Plan, byte[] Weights);
}
