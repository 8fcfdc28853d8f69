using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace ModelBuild.Onnx.Tests;

/// <summary>Everything that a model says, as text: what tests compare. File name and hash are not part of it.</summary>
internal static class ModelText
{
    public static string Of(OnnxModel model)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"ir {model.IrVersion}, {model.ProducerName} {model.ProducerVersion}, {model.Domain} {model.ModelVersion}");
        text.AppendLine(Doc(model.DocString));
        Opsets(text, model.Opsets);
        text.AppendLine(string.Join(", ", model.Metadata));
        Graph(text, model.Graph);
        foreach (OnnxFunction function in model.Functions)
        {
            text.AppendLine($"function {function.Domain}.{function.Name}:{function.Overload}({List(function.Inputs)}) -> {List(function.Outputs)}");
            text.AppendLine($"{List(function.AttributeNames)} {Doc(function.DocString)}");
            Opsets(text, function.Opsets);
            Values(text, "value", function.ValueInfos);
            Attributes(text, function.AttributeDefaults);
            Nodes(text, function.Nodes);
        }

        return text.ToString();
    }

    private static void Opsets(StringBuilder text, IReadOnlyDictionary<string, long> opsets) =>
        text.AppendLine("opsets " + string.Join(", ", opsets.OrderBy(opset => opset.Key, StringComparer.Ordinal)));

    private static void Graph(StringBuilder text, OnnxGraph graph)
    {
        text.AppendLine($"graph {graph.Name} {Doc(graph.DocString)}");
        Values(text, "input", graph.Inputs);
        Values(text, "output", graph.Outputs);
        Values(text, "value", graph.ValueInfos);
        text.AppendJoin("", graph.Initializers.Select(tensor => $"initializer {Tensor(tensor)}\n"));
        text.AppendJoin("", graph.SparseInitializers.Select(tensor => $"sparse {Sparse(tensor)}\n"));
        text.AppendJoin("", graph.QuantizationAnnotations.Select(a => $"quantization {a.TensorName} {string.Join(", ", a.ParameterTensorNames)}\n"));
        Nodes(text, graph.Nodes);
        text.AppendLine("end");
    }

    private static void Nodes(StringBuilder text, IReadOnlyList<OnnxNode> nodes)
    {
        foreach (OnnxNode node in nodes)
        {
            text.AppendLine($"{List(node.Outputs)} = {node.Domain}.{node.OpType}:{node.Overload}({List(node.Inputs)}) {node.Name}");
            Attributes(text, node.Attributes);
        }
    }

    private static void Attributes(StringBuilder text, IReadOnlyList<OnnxAttribute> attributes)
    {
        foreach (OnnxAttribute attribute in attributes)
        {
            text.AppendLine($"  {attribute.Name}: {attribute.Kind} = {Value(attribute)}");
            foreach (OnnxGraph graph in attribute.NestedGraphs)
            {
                Graph(text, graph);
            }
        }
    }

    private static string Value(OnnxAttribute attribute) => attribute.Reference is not null ? "&" + attribute.Reference : attribute.Kind switch
    {
        OnnxAttributeKind.Float => Bits(attribute.Float),
        OnnxAttributeKind.Int => attribute.Int.ToString(CultureInfo.InvariantCulture),
        OnnxAttributeKind.String => Hex(attribute.Bytes),
        OnnxAttributeKind.Tensor => Tensor(attribute.Tensor),
        OnnxAttributeKind.SparseTensor => Sparse(attribute.SparseTensor),
        OnnxAttributeKind.Type => Type(attribute.Type),
        OnnxAttributeKind.Floats => string.Join(' ', attribute.Floats.Select(Bits)),
        OnnxAttributeKind.Ints => string.Join(' ', attribute.Ints),
        OnnxAttributeKind.Strings => string.Join(' ', attribute.BytesList.Select(Hex)),
        OnnxAttributeKind.Tensors => string.Join(' ', attribute.Tensors.Select(Tensor)),
        OnnxAttributeKind.SparseTensors => string.Join(' ', attribute.SparseTensors.Select(Sparse)),
        OnnxAttributeKind.Types => string.Join(' ', attribute.Types.Select(Type)),
        _ => $"{attribute.NestedGraphs.Count} graphs",
    };

    private static void Values(StringBuilder text, string kind, IReadOnlyList<OnnxValueInfo> values) =>
        text.AppendJoin("", values.Select(value => $"{kind} {value.Name}: {Type(value.Type)} {Doc(value.DocString)}\n"));

    private static string Type(OnnxType? type) => type switch
    {
        null => "?",
        OnnxTensorType tensor => $"{tensor.ElementType}[{Shape(tensor.Shape)}]",
        OnnxSparseTensorType tensor => $"sparse {tensor.ElementType}[{Shape(tensor.Shape)}]",
        OnnxSequenceType sequence => $"sequence({Type(sequence.Element)})",
        OnnxOptionalType optional => $"optional({Type(optional.Element)})",
        OnnxMapType map => $"map({map.Key}, {Type(map.Value)})",
        _ => type.ToString(),
    };

    private static string Shape(IReadOnlyList<OnnxDimension>? shape) =>
        shape is null ? "..." : string.Join(", ", shape.Select(d => d.Symbol is null ? d.ToString() : $"'{d}'"));

    private static string Tensor(OnnxTensor tensor) =>
        $"{tensor.Name}: {tensor.ElementType}[{string.Join(", ", tensor.Dims)}] {Hex(tensor.Data)} {string.Join(' ', tensor.StringData.Select(Hex))}";

    private static string Sparse(OnnxSparseTensor tensor) => $"[{string.Join(", ", tensor.Dims)}] {Tensor(tensor.Values)} at {Tensor(tensor.Indices)}";

    private static string Bits(float value) => BitConverter.SingleToUInt32Bits(value).ToString("x8", CultureInfo.InvariantCulture);

    private static string Hex(ReadOnlyMemory<byte> bytes) =>
        bytes.Length <= 64 ? Convert.ToHexString(bytes.Span) : "sha256:" + Convert.ToHexString(SHA256.HashData(bytes.Span));

    private static string Doc(string text) => text.Length == 0 ? "" : $"doc({text})";

    private static string List(IReadOnlyList<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));
}
