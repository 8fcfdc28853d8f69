using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Onnx.Protos;

namespace ModelBuild.Onnx.Reading;

/// <summary>Turns attributes into <see cref="OnnxAttribute"/>: what the type says must be there, and nothing else.</summary>
/// <param name="report">Where problems go.</param>
/// <param name="tensors">Imports tensors.</param>
/// <param name="types">Imports types.</param>
/// <param name="importGraph">Imports a nested graph, given a label for messages and the node around it.</param>
/// <param name="insideFunction">Whether references to attributes of a call are allowed.</param>
internal sealed class AttributeImporter(
    FileReport report, TensorImporter tensors, TypeImporter types, Func<GraphProto, string, OnnxGraph> importGraph, bool insideFunction)
{
    /// <summary>Imports the attributes of <paramref name="node"/>; those that are wrong are reported and left out.</summary>
    public List<OnnxAttribute> Import(IReadOnlyList<AttributeProto> protos, string? node)
    {
        var attributes = new List<OnnxAttribute>(protos.Count);
        var names = new HashSet<string>();
        foreach (AttributeProto proto in protos)
        {
            if (proto.Name.Length == 0)
            {
                report.Add(ReaderDiagnostics.NameMissing, node, "an attribute");
            }
            else if (!names.Add(proto.Name))
            {
                report.Add(ReaderDiagnostics.DuplicateAttribute, node, DiagnosticText.Quote(proto.Name));
            }

            OnnxAttribute? attribute = proto.RefAttrName.Length > 0 ? Reference(proto, node) : Value(proto, node);
            if (attribute is not null)
            {
                attributes.Add(attribute);
            }
        }

        return attributes;
    }

    private OnnxAttribute? Reference(AttributeProto proto, string? node)
    {
        if (!insideFunction)
        {
            report.Add(ReaderDiagnostics.ReferenceOutsideFunction, node,
                DiagnosticText.Quote(proto.Name), DiagnosticText.Quote(proto.RefAttrName));
            return null;
        }

        if (AttributeFields.Set(proto).Count > 0)
        {
            return Invalid(proto, node, "refers to an attribute of the call and holds a value as well");
        }

        var kind = (OnnxAttributeKind)proto.Type;
        return Enum.IsDefined(kind)
            ? OnnxAttribute.ReferenceTo(proto.Name, kind, proto.RefAttrName)
            : Invalid(proto, node, $"has type {(int)kind}, which is unknown");
    }

    private OnnxAttribute? Value(AttributeProto proto, string? node)
    {
        List<OnnxAttributeKind> set = AttributeFields.Set(proto);
        var kind = (OnnxAttributeKind)proto.Type;
        if (kind == OnnxAttributeKind.Undefined)
        {
            // IR 1 had no types, and some exporters still leave them out: a single value tells its type.
            if (set.Count != 1)
            {
                return Invalid(proto, node, set.Count == 0
                    ? "has neither a type nor a value"
                    : $"has no type and several values ({string.Join(", ", set)})");
            }

            kind = set[0];
        }

        if (!Enum.IsDefined(kind))
        {
            return Invalid(proto, node, $"has type {(int)kind}, which is unknown");
        }

        foreach (OnnxAttributeKind other in set)
        {
            if (other != kind)
            {
                return Invalid(proto, node, $"is declared as {kind} and holds {other}");
            }
        }

        return Convert(proto, kind, node);
    }

    // Numbers, strings and lists may be absent: writers of proto3 leave out zeros and everything that is empty.
    private OnnxAttribute? Convert(AttributeProto proto, OnnxAttributeKind kind, string? node) => kind switch
    {
        OnnxAttributeKind.Float => OnnxAttribute.Of(proto.Name, proto.F),
        OnnxAttributeKind.Int => OnnxAttribute.Of(proto.Name, proto.I),
        OnnxAttributeKind.String => OnnxAttribute.Of(proto.Name, proto.S.Memory),
        OnnxAttributeKind.Floats => OnnxAttribute.Of(proto.Name, proto.Floats.ToArray()),
        OnnxAttributeKind.Ints => OnnxAttribute.Of(proto.Name, proto.Ints.ToArray()),
        OnnxAttributeKind.Strings => OnnxAttribute.Of(proto.Name, proto.Strings.Select(s => s.Memory).ToArray()),
        OnnxAttributeKind.Tensor when proto.T is not null => OnnxAttribute.Of(proto.Name, tensors.Import(proto.T, node)),
        OnnxAttributeKind.Graph when proto.G is not null => OnnxAttribute.Of(proto.Name, Graph(proto, proto.G, node)),
        OnnxAttributeKind.SparseTensor when proto.SparseTensor is not null =>
            OnnxAttribute.Of(proto.Name, tensors.Import(proto.SparseTensor, node)),
        OnnxAttributeKind.Type when proto.Tp is not null => Type(proto, proto.Tp, node) is OnnxType type ? OnnxAttribute.Of(proto.Name, type) : null,
        OnnxAttributeKind.Tensors => OnnxAttribute.Of(proto.Name, proto.Tensors.Select(t => tensors.Import(t, node)).ToArray()),
        OnnxAttributeKind.Graphs => OnnxAttribute.Of(proto.Name, proto.Graphs.Select(g => Graph(proto, g, node)).ToArray()),
        OnnxAttributeKind.SparseTensors => OnnxAttribute.Of(proto.Name, proto.SparseTensors.Select(t => tensors.Import(t, node)).ToArray()),
        OnnxAttributeKind.Types => OnnxAttribute.Of(proto.Name, proto.TypeProtos.Select(t => Type(proto, t, node)).OfType<OnnxType>().ToArray()),
        _ => Invalid(proto, node, $"is declared as {kind} and holds none"),
    };

    private OnnxGraph Graph(AttributeProto proto, GraphProto graph, string? node) =>
        importGraph(graph, $"subgraph {DiagnosticText.Quote(proto.Name)} of {node ?? "a function's defaults"}");

    private OnnxType? Type(AttributeProto proto, TypeProto type, string? node)
    {
        OnnxType? imported = types.Import(type, $"attribute {DiagnosticText.Quote(proto.Name)}", node);
        if (imported is null)
        {
            report.Add(ReaderDiagnostics.TypeInvalid, node, $"attribute {DiagnosticText.Quote(proto.Name)}", "is empty");
        }

        return imported;
    }

    private OnnxAttribute? Invalid(AttributeProto proto, string? node, string what)
    {
        report.Add(ReaderDiagnostics.AttributeInvalid, node, DiagnosticText.Quote(proto.Name), what);
        return null;
    }
}
