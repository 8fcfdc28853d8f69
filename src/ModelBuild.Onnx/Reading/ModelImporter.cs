using System.Collections.Generic;
using System.Linq;
using ModelBuild.Onnx.Checking;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Onnx.Protos;

namespace ModelBuild.Onnx.Reading;

/// <summary>Turns a parsed file into <see cref="OnnxModel"/> and checks it.</summary>
internal sealed class ModelImporter(FileReport report, ExternalData external)
{
    /// <summary>IR 13 came with ONNX 1.20.</summary>
    private const long NewestIrVersion = 13;

    // Before IR 3, files did not say which operators they use: there was only the first version.
    private const long FirstIrVersionWithOpsets = 3;

    private const string MainGraph = "the graph";

    /// <summary>The model, or null after reporting why there is none.</summary>
    public OnnxModel? Import(ModelProto proto, string sha256)
    {
        if (proto.IrVersion < 1)
        {
            report.Add(ReaderDiagnostics.IrVersionMissing, null, proto.HasIrVersion ? proto.IrVersion : "missing");
        }
        else if (proto.IrVersion > NewestIrVersion)
        {
            report.Add(ReaderDiagnostics.IrVersionTooNew, null, proto.IrVersion, NewestIrVersion);
        }

        if (proto.Graph is null)
        {
            report.Add(ReaderDiagnostics.GraphMissing, null);
            return null;
        }

        if (proto.TrainingInfo.Count > 0)
        {
            report.Add(ReaderDiagnostics.TrainingInfoIgnored, null);
        }

        SortedDictionary<string, long> opsets = Opsets(proto);
        OnnxGraph graph = new GraphImporter(report, external, opsets, insideFunction: false).Import(proto.Graph, MainGraph);
        OnnxFunction[] functions = proto.Functions.Select(Function).ToArray();
        CheckInputTypes(proto.Graph);
        Check(graph, functions, opsets);
        return report.HasErrors ? null : new OnnxModel
        {
            IrVersion = proto.IrVersion,
            ProducerName = proto.ProducerName,
            ProducerVersion = proto.ProducerVersion,
            Domain = proto.Domain,
            ModelVersion = proto.ModelVersion,
            DocString = proto.DocString,
            Opsets = opsets,
            Graph = graph,
            Functions = functions,
            Metadata = proto.MetadataProps.Select(pair => KeyValuePair.Create(pair.Key, pair.Value)).ToArray(),
            FileName = report.File,
            Sha256 = sha256,
            ExternalFiles = external.Files,
        };
    }

    private SortedDictionary<string, long> Opsets(ModelProto proto)
    {
        SortedDictionary<string, long> opsets = OpsetImporter.Import(proto.OpsetImport, report);
        if (proto.IrVersion < FirstIrVersionWithOpsets)
        {
            opsets.TryAdd(OnnxDomain.Standard, 1);
        }
        else if (opsets.Count == 0)
        {
            report.Add(ReaderDiagnostics.OpsetMissing, null);

            // Said once; not again for every node.
            opsets.Add(OnnxDomain.Standard, 1);
        }

        return opsets;
    }

    private OnnxFunction Function(FunctionProto proto)
    {
        SortedDictionary<string, long> opsets = OpsetImporter.Import(proto.OpsetImport, report);
        var importer = new GraphImporter(report, external, opsets, insideFunction: true);
        return new OnnxFunction
        {
            Name = proto.Name,
            Domain = OnnxDomain.Normalize(proto.Domain),
            Overload = proto.Overload,
            Inputs = proto.Input.ToArray(),
            Outputs = proto.Output.ToArray(),
            AttributeNames = proto.Attribute.ToArray(),
            AttributeDefaults = importer.Attributes.Import(proto.AttributeProto, node: null),
            Nodes = importer.Nodes(proto.Node, Label(proto.Name)),
            ValueInfos = importer.Values(proto.ValueInfo, "value"),
            Opsets = opsets,
            DocString = proto.DocString,
        };
    }

    /// <summary>Everywhere else, types are hints or follow from these.</summary>
    private void CheckInputTypes(GraphProto graph)
    {
        foreach (ValueInfoProto input in graph.Input)
        {
            bool missing = input.Type is null || input.Type.ValueCase switch
            {
                TypeProto.ValueOneofCase.None => true,
                TypeProto.ValueOneofCase.TensorType => input.Type.TensorType.ElemType == 0,
                TypeProto.ValueOneofCase.SparseTensorType => input.Type.SparseTensorType.ElemType == 0,
                _ => false,
            };
            if (missing)
            {
                report.Add(ReaderDiagnostics.TypeInvalid, null, $"input {DiagnosticText.Quote(input.Name)}", "is missing");
            }
        }
    }

    private void Check(OnnxGraph graph, OnnxFunction[] functions, IReadOnlyDictionary<string, long> opsets)
    {
        HashSet<FunctionKey> keys = [.. functions.Select(FunctionKey.Of)];
        new GraphCheck(report, opsets, keys).Check(graph, MainGraph, outer: null);
        foreach (OnnxFunction function in functions)
        {
            new GraphCheck(report, function.Opsets, keys).Check(function, Label(function.Name));
        }

        FunctionCheck.Check(functions, report);
    }

    private static string Label(string functionName) => $"function {DiagnosticText.Quote(functionName)}";
}
