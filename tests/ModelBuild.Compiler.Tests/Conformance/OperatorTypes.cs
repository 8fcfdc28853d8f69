using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Verification;
using ModelBuild.Onnx;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Tests.Conformance;

/// <summary>
/// Finds out which element types an operator takes by compiling it: models of one node, in which the inputs that have one type get another. A type counts as taken by an
/// input where some model compiles with it.
/// </summary>
internal sealed class OperatorTypes
{
    // More models whose inputs have the same types in common differ in attributes, hardly in what they take.
    private const int MostModels = 2;

    private static readonly ElementType[] All = [.. Enum.GetValues<ElementType>().Where(type => type != ElementType.Undefined)];

    private readonly Dictionary<(string Domain, string Name), List<OnnxModel>> _models = [];
    private readonly List<string> _crashes = [];

    public OperatorTypes(IEnumerable<VerifyCase> cases)
    {
        foreach (var item in cases)
        {
            var model = OnnxReader.Read(item.Model, new DiagnosticSink());
            if (item.Layout == CaseLayout.Protobuf)
            {
                Add(model);
            }
            else
            {
                AddNodes(model);
            }
        }
    }

    /// <summary>The models that were neither compiled nor refused with a reason.</summary>
    public IReadOnlyList<string> Crashes => _crashes;

    /// <summary>The nodes of a larger model whose inputs have types that it declares, each as a model.</summary>
    public void AddNodes(OnnxModel? model)
    {
        foreach (var node in model?.Graph.Nodes ?? [])
        {
            var infos = model!.Graph.Inputs.Concat(model.Graph.ValueInfos).Where(info => info.Type is OnnxTensorType { Shape: not null } && node.Inputs.Contains(info.Name)).DistinctBy(info => info.Name).ToArray();
            OnnxTensor[] constants = [.. model.Graph.Initializers.Where(tensor => node.Inputs.Contains(tensor.Name))];
            if (node.Inputs.All(input => input.Length == 0 || infos.Any(info => info.Name == input) || constants.Any(tensor => tensor.Name == input)))
            {
                Add(new OnnxModel
                {
                    IrVersion = model.IrVersion,
                    Opsets = model.Opsets,
                    FileName = model.FileName,
                    Graph = new OnnxGraph
                    {
                        Name = node.Name,
                        Nodes = [node],
                        Inputs = [.. infos.Where(info => constants.All(tensor => tensor.Name != info.Name))],
                        Outputs = [.. node.Outputs.Where(output => output.Length > 0).Select(output => new OnnxValueInfo { Name = output })],
                        Initializers = constants,
                    },
                });
            }
        }
    }

    /// <summary>Another model, if it is of one node.</summary>
    public void Add(OnnxModel? model)
    {
        if (model?.Graph is { Nodes: [var node], Inputs.Count: > 0 } graph && model.Functions.Count == 0 && graph.Inputs.All(input => input.Type is OnnxTensorType))
        {
            var key = (node.Domain == "ai.onnx" ? string.Empty : node.Domain, node.OpType);
            _models[key] = [.. _models.GetValueOrDefault(key, []), model];
        }
    }

    /// <summary>For each input that has a name in the specification, the types that it takes; null where there is no model of the operator.</summary>
    public IReadOnlyList<(string Input, IReadOnlyList<ElementType> Types)>? Of(string domain, string name)
    {
        var models = _models.GetValueOrDefault((domain, name)) ?? [.. Enumerable.Range(1, 3).Select(inputs => Plain(domain, name, inputs)).Where(Compiles).Take(1)];
        if (models.Count == 0)
        {
            return null;
        }

        // Those with most inputs first: they show most.
        var names = new SortedDictionary<int, string>();
        var taken = new SortedDictionary<int, HashSet<ElementType>>();
        foreach (var model in models.OrderByDescending(model => model.Graph.Inputs.Count).ThenByDescending(model => model.Opsets.GetValueOrDefault(domain)).GroupBy(Pattern).SelectMany(same => same.Take(MostModels)))
        {
            var node = model.Graph.Nodes[0];
            foreach (var group in Enumerable.Range(0, node.Inputs.Count).Where(index => TypeOf(model, node.Inputs[index]) is not null).GroupBy(index => TypeOf(model, node.Inputs[index])!.Value))
            {
                int[] inputs = [.. group];
                foreach (var input in inputs)
                {
                    names.TryAdd(input, node.Inputs[input]);
                    taken.TryAdd(input, []);
                }

                foreach (var type in All.Where(type => inputs.Any(input => !taken[input].Contains(type)) && Compiles(With(model, group.Key, type))))
                {
                    foreach (var input in inputs)
                    {
                        taken[input].Add(type);
                    }
                }
            }
        }

        return [.. taken.Select(pair => (names[pair.Key], (IReadOnlyList<ElementType>)[.. pair.Value.Order()]))];
    }

    // An operator of images of floats, which needs no attributes.
    private static OnnxModel Plain(string domain, string name, int inputs)
    {
        string[] names = [.. Enumerable.Range(0, inputs).Select(index => $"x{index}")];
        return new OnnxModel
        {
            IrVersion = 10,
            Opsets = new Dictionary<string, long> { [string.Empty] = 24, [domain] = domain.Length == 0 ? 24 : 1 },
            FileName = "plain.onnx",
            Graph = new OnnxGraph
            {
                Name = name,
                Nodes = [new OnnxNode { OpType = name, Domain = domain, Inputs = names, Outputs = ["y"] }],
                Inputs = [.. names.Select(input => new OnnxValueInfo { Name = input, Type = new OnnxTensorType(OnnxElementType.Float, [.. new long[] { 2, 4, 8, 8 }.Select(size => OnnxDimension.Of(size))]) })],
                Outputs = [new OnnxValueInfo { Name = "y" }],
            },
        };
    }

    // Which inputs have one type, such as 0,1,0 where the first and the third have.
    private static string Pattern(OnnxModel model)
    {
        OnnxElementType?[] types = [.. model.Graph.Nodes[0].Inputs.Select(input => TypeOf(model, input))];
        return string.Join(",", types.Select(type => type is null ? -1 : Array.IndexOf(types, type)));
    }

    private static OnnxElementType? TypeOf(OnnxModel model, string input) =>
        model.Graph.Inputs.FirstOrDefault(info => info.Name == input)?.Type is OnnxTensorType tensor ? tensor.ElementType : null;

    private static OnnxModel With(OnnxModel model, OnnxElementType from, ElementType to) => new()
    {
        IrVersion = model.IrVersion,
        Opsets = model.Opsets,
        FileName = model.FileName,
        Graph = new OnnxGraph
        {
            Name = model.Graph.Name,
            Nodes = model.Graph.Nodes,
            Inputs = [.. model.Graph.Inputs.Select(info => info.Type is OnnxTensorType type && type.ElementType == from ? new OnnxValueInfo { Name = info.Name, Type = new OnnxTensorType((OnnxElementType)(int)to, type.Shape) } : info)],
            Outputs = [.. model.Graph.Outputs.Select(info => new OnnxValueInfo { Name = info.Name })],
            Initializers = model.Graph.Initializers,
        },
    };

    private bool Compiles(OnnxModel model)
    {
        try
        {
            return ModelCompiler.Compile(model, new CompileOptions(), new DiagnosticSink()) is not null;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            var node = model.Graph.Nodes[0];
            _crashes.Add($"{node.OpType} of {string.Join(", ", model.Graph.Inputs.Select(input => ((OnnxTensorType)input.Type!).ElementType))}: {exception.GetType().Name}: {exception.Message}");
            return false;
        }
    }
}
