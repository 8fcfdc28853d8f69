using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Verification;
using ModelBuild.Onnx;
using ModelBuild.Onnx.Diagnostics;

using Shouldly;
using Xunit;

namespace ModelBuild.Compiler.Tests.Conformance;

/// <summary>Cases with one thing in a node that does not belong there: they compile, or are refused in words; no operator stumbles.</summary>
[Collection(CaseCollection.Name)]
public sealed class HostileNodeTests(CaseFolder cases)
{
    private static readonly long[] Integers = [0, 1, -1, 2, 3, -2, 7, 100, 1_000_000, int.MaxValue, int.MinValue, 1L << 40, long.MaxValue, long.MinValue];
    private static readonly float[] Floats = [0, -1, 1, 1e38f, -1e38f, 1e-40f, float.NaN, float.PositiveInfinity, float.NegativeInfinity];
    private static readonly string[] Texts = ["", "x", "SAME_UPPER", "linear", "Tanh", "\uFFFD"];

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    public void A_node_with_something_wrong_is_refused_in_words(int seed)
    {
        var random = new Random(seed);
        var bugs = new List<string>();
        foreach (var item in VerifyCase.Find(cases.Path))
        {
            if (OnnxReader.Read(item.Model, new DiagnosticSink()) is not { Graph.Nodes: { Count: > 0 and < 100 } nodes } model)
            {
                continue;
            }

            var at = random.Next(nodes.Count);
            var changed = Change(nodes[at], random);
            var sink = new DiagnosticSink();
            ModelCompiler.Compile(With(model, [.. nodes.Select((node, i) => i == at ? changed : node)]), new CompileOptions(), sink);
            bugs.AddRange(sink.All.Where(problem => problem.Code == "MB9002").Select(problem => $"{item.Name}: {problem}"));
        }

        bugs.ShouldBeEmpty();
    }

    /// <summary>The node with an attribute or an input that is another, missing, or one too many.</summary>
    internal static OnnxNode Change(OnnxNode node, Random random)
    {
        var attributes = node.Attributes.ToList();
        var inputs = node.Inputs.ToList();
        switch (random.Next(4))
        {
            case 0 when inputs.Count > 0:
                inputs.RemoveAt(inputs.Count - 1);
                break;
            case 1 when inputs.Count > 0:
                inputs[random.Next(inputs.Count)] = inputs[random.Next(inputs.Count)];
                break;
            case 2 when attributes.Count > 0:
                attributes.RemoveAt(random.Next(attributes.Count));
                break;
            default:
                if (attributes.Count > 0)
                {
                    var at = random.Next(attributes.Count);
                    attributes[at] = Change(attributes[at], random);
                }

                break;
        }

        return new OnnxNode { Name = node.Name, OpType = node.OpType, Domain = node.Domain, Overload = node.Overload, Inputs = inputs, Outputs = node.Outputs, Attributes = attributes, Index = node.Index };
    }

    private static OnnxAttribute Change(OnnxAttribute attribute, Random random) => attribute.Kind switch
    {
        OnnxAttributeKind.Int => OnnxAttribute.Of(attribute.Name, Pick(Integers, random)),
        OnnxAttributeKind.Float => OnnxAttribute.Of(attribute.Name, Pick(Floats, random)),
        OnnxAttributeKind.String => OnnxAttribute.Of(attribute.Name, Pick(Texts, random)),
        OnnxAttributeKind.Ints => OnnxAttribute.Of(attribute.Name, [.. Changed(attribute.Ints, Pick(Integers, random), random)]),
        OnnxAttributeKind.Floats => OnnxAttribute.Of(attribute.Name, [.. Changed(attribute.Floats, Pick(Floats, random), random)]),
        _ => attribute,
    };

    // One element is another, is missing, or is one too many.
    private static List<T> Changed<T>(IReadOnlyList<T> values, T value, Random random)
    {
        var list = values.ToList();
        if (list.Count == 0 || random.Next(3) == 0)
        {
            list.Add(value);
        }
        else if (random.Next(2) == 0)
        {
            list.RemoveAt(list.Count - 1);
        }
        else
        {
            list[random.Next(list.Count)] = value;
        }

        return list;
    }

    private static T Pick<T>(T[] values, Random random) => values[random.Next(values.Length)];

    private static OnnxModel With(OnnxModel model, IReadOnlyList<OnnxNode> nodes) => new()
    {
        IrVersion = model.IrVersion,
        Opsets = model.Opsets,
        Functions = model.Functions,
        FileName = model.FileName,
        Sha256 = model.Sha256,
        Graph = new OnnxGraph
        {
            Name = model.Graph.Name,
            Nodes = nodes,
            Inputs = model.Graph.Inputs,
            Outputs = model.Graph.Outputs,
            Initializers = model.Graph.Initializers,
            SparseInitializers = model.Graph.SparseInitializers,
        },
    };
}
