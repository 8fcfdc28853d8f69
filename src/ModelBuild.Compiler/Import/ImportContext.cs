using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Onnx;
using ModelBuild.Onnx.Diagnostics;

namespace ModelBuild.Compiler.Import;

/// <summary>What all graphs of a model share while they are imported.</summary>
internal sealed class ImportContext
{
    public ImportContext(OnnxModel model, DimensionOverrides overrides, DiagnosticSink sink)
    {
        Model = model;
        Sink = sink;
        Symbols = new SymbolTable(overrides);

        // What the main graph names keeps its name.
        Names.Reserve(model.Graph.Inputs.Select(input => input.Name));
        Names.Reserve(model.Graph.Initializers.Select(initializer => initializer.Name));
        Names.Reserve(model.Graph.Nodes.SelectMany(node => node.Outputs));
    }

    public OnnxModel Model { get; }

    public DiagnosticSink Sink { get; }

    public SymbolTable Symbols { get; }

    /// <summary>The nodes that were replaced by operators of our own, in the order in which that was done.</summary>
    public List<Expansion> Expansions { get; } = [];

    /// <summary>Names of values that the main graph does not name.</summary>
    public UniqueNames Names { get; } = new(StringComparer.Ordinal, "_");
}
