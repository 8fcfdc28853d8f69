using System.Collections.Generic;
using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Passes;
using ModelBuild.Compiler.Quantization;
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
        var graph = GraphImporter.Import(model, dimensions, sink);
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
            graph = PassPipeline.Run(graph, Pipelines.Simplify, observer);
            var samples = CalibrationReader.Read(graph, options, model.FileName, sink);
            if (sink.HasErrors)
            {
                return null;
            }

            var compressed = Quantizer.Quantize(graph, options, samples);
            observer?.Invoke("Quantize", compressed);
            graph = PassPipeline.Run(compressed, Pipelines.Fuse, observer);
            return new CompiledModel(compressed, graph, ProgramBuilder.Lower(graph, WeightStorage.For(options)), []);
        }
        catch (CalibrationException exception)
        {
            sink.Add(CompressionDiagnostics.RunFailed.Create(model.FileName, null, exception.Message));
        }
        catch (LoweringException exception)
        {
            sink.Add(exception.Cause.ToDiagnostic(model.FileName, NodeText.Describe(exception.Node)));
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
/// <param name="Graph">The graph that was lowered.</param>
/// <param name="Program">The kernel calls.</param>
/// <param name="Summary">What was done, one line each, for the header of the generated class.</param>
internal sealed record CompiledModel(Graph Optimized, Graph Graph, KernelProgram Program, IReadOnlyList<string> Summary)
{
    /// <summary>The files that the build uses.</summary>
    public (ModelPlan Plan, byte[] Weights) ToPlan(PlanIdentity identity) => PlanMaker.Make(Program, identity, Summary);
}
