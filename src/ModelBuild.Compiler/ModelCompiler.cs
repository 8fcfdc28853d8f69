using System.Collections.Generic;
using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Compression;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Passes;
using ModelBuild.Compiler.Report;
using ModelBuild.Onnx;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Plan;

namespace ModelBuild.Compiler;

/// <summary>The way of a model through the compiler, from top to bottom.</summary>
internal static class ModelCompiler
{
    /// <summary>Compiles a model.</summary>
    /// <param name="model">The model as it was read.</param>
    /// <param name="options">What the user chose.</param>
    /// <param name="sink">Gets every problem that is found.</param>
    /// <param name="observer">Sees the graph after every stage.</param>
    /// <returns>The compiled model, or null where <paramref name="sink"/> got errors.</returns>
    public static CompiledModel? Compile(OnnxModel model, CompileOptions options, DiagnosticSink sink, GraphObserver? observer = null)
    {
        var dimensions = new DimensionOverrides(options.Dimensions);
        var graph = GraphImporter.Import(model, dimensions, sink, new SignatureChoice(options.OptionalInputs, options.Outputs));
        foreach (var name in dimensions.Unused)
        {
            sink.Add(OptionDiagnostics.UnknownDimension.Create(model.FileName, null, name));
        }

        if (graph is null || sink.HasErrors)
        {
            return null;
        }

        observer?.Invoke("Import", graph);
        try
        {
            var expansions = graph.Expansions;
            var isHalfPrecision = WidenHalfPrecision.Applies(graph);
            graph = PassPipeline.Run(graph, Pipelines.Simplify, observer);
            foreach (var layer in Compressor.UnknownLayers(graph, options))
            {
                sink.Add(OptionDiagnostics.UnknownLayer.Create(model.FileName, null, DiagnosticText.Quote(layer)));
            }

            var samples = CalibrationReader.Read(graph, options, model.FileName, sink);
            if (sink.HasErrors)
            {
                return null;
            }

            var compressed = Compressor.Compress(graph, options, samples, observer);
            graph = PassPipeline.Run(compressed.Optimized, Pipelines.Fuse, observer);
            var program = StepParts.Cut(ProgramBuilder.Lower(graph, WeightStorage.For(options, isHalfPrecision)), options.Threads);
            var report = CompressionReport.Make(compressed, program, options, samples);
            report.Check(model.FileName, sink);
            var states = StatePairs.Find(program, options.States, model.FileName, sink);
            return sink.HasErrors ? null : new CompiledModel(compressed.Optimized, expansions, graph, program, report, states, !ReferenceEquals(compressed.Original, compressed.Optimized));
        }
        catch (CalibrationException exception)
        {
            sink.Add(CompressionDiagnostics.RunFailed.Create(model.FileName, null, exception.Message));
        }
        catch (LoweringException exception)
        {
            foreach (var (node, cause) in exception.Problems)
            {
                sink.Add(cause.ToDiagnostic(model.FileName, NodeText.Describe(node)));
            }
        }
        catch (PassException exception)
        {
            sink.Add(InternalDiagnostics.CompilerBug.Create(model.FileName, null, exception.Pass, exception.Message));
        }

        return null;
    }
}

/// <summary>What the compiler makes of a model.</summary>
/// <param name="Optimized">The simplified and compressed graph, in ONNX operators.</param>
/// <param name="Expansions">What the importer put in the place of single nodes.</param>
/// <param name="Graph">The graph that was lowered.</param>
/// <param name="Program">The kernel calls.</param>
/// <param name="Report">What was done, and what it cost.</param>
/// <param name="States">Outputs that are inputs of the next run.</param>
/// <param name="IsCompressed">Whether any weight is stored in another way than in the original.</param>
internal sealed record CompiledModel(
    Graph Optimized, IReadOnlyList<Expansion> Expansions, Graph Graph, KernelProgram Program, CompressionReport Report, IReadOnlyList<PlanState> States, bool IsCompressed)
{
    /// <summary>The files that the build uses.</summary>
    public (ModelPlan Plan, WeightsContent Weights) ToPlan(PlanIdentity identity) => PlanMaker.Make(Program, identity, Report.Summary(), States);
}
