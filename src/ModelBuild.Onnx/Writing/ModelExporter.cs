using System.Collections.Generic;
using System.Linq;
using ModelBuild.Onnx.Protos;

namespace ModelBuild.Onnx.Writing;

/// <summary>Turns models and functions into messages.</summary>
internal static class ModelExporter
{
    public static ModelProto Export(OnnxModel model)
    {
        var proto = new ModelProto { IrVersion = model.IrVersion, Graph = GraphExporter.Export(model.Graph) };
        SetUnlessEmpty(model.ProducerName, value => proto.ProducerName = value);
        SetUnlessEmpty(model.ProducerVersion, value => proto.ProducerVersion = value);
        SetUnlessEmpty(model.Domain, value => proto.Domain = value);
        SetUnlessEmpty(model.DocString, value => proto.DocString = value);
        if (model.ModelVersion != 0)
        {
            proto.ModelVersion = model.ModelVersion;
        }

        proto.OpsetImport.AddRange(Opsets(model.Opsets));
        proto.MetadataProps.AddRange(Pairs(model.Metadata));
        proto.Functions.AddRange(model.Functions.Select(Export));
        return proto;
    }

    /// <summary>Pairs in their order.</summary>
    public static IEnumerable<StringStringEntryProto> Pairs(IEnumerable<KeyValuePair<string, string>> pairs) =>
        pairs.Select(pair => new StringStringEntryProto { Key = pair.Key, Value = pair.Value });

    /// <summary>Optional strings are absent rather than empty, as most exporters write them.</summary>
    public static void SetUnlessEmpty(string value, System.Action<string> set)
    {
        if (value.Length > 0)
        {
            set(value);
        }
    }

    private static FunctionProto Export(OnnxFunction function)
    {
        var proto = new FunctionProto { Name = function.Name, Domain = function.Domain };
        SetUnlessEmpty(function.Overload, value => proto.Overload = value);
        SetUnlessEmpty(function.DocString, value => proto.DocString = value);
        proto.Input.AddRange(function.Inputs);
        proto.Output.AddRange(function.Outputs);
        proto.Attribute.AddRange(function.AttributeNames);
        proto.AttributeProto.AddRange(function.AttributeDefaults.Select(AttributeExporter.Export));
        proto.Node.AddRange(function.Nodes.Select(GraphExporter.Export));
        proto.ValueInfo.AddRange(function.ValueInfos.Select(TypeExporter.Export));
        proto.OpsetImport.AddRange(Opsets(function.Opsets));
        return proto;
    }

    // By domain: dictionaries have no order of their own.
    private static IEnumerable<OperatorSetIdProto> Opsets(IReadOnlyDictionary<string, long> opsets) => opsets
        .OrderBy(opset => opset.Key, System.StringComparer.Ordinal)
        .Select(opset => new OperatorSetIdProto { Domain = opset.Key, Version = opset.Value });
}
