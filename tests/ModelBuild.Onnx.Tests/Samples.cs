using System;
using System.Linq;
using Google.Protobuf;
using ModelBuild.Onnx.Protos;

namespace ModelBuild.Onnx.Tests;

/// <summary>Small valid messages, which tests then break.</summary>
internal static class Samples
{
    /// <summary>y = Relu(x), with the change that the test makes.</summary>
    public static ModelProto Model(Action<ModelProto>? change = null)
    {
        var model = new ModelProto
        {
            IrVersion = 8,
            OpsetImport = { new OperatorSetIdProto { Version = 13 } },
            Graph = new GraphProto
            {
                Name = "main",
                Node = { Node("Relu", ["x"], ["y"]) },
                Input = { Value("x") },
                Output = { Value("y") },
            },
        };
        change?.Invoke(model);
        return model;
    }

    public static NodeProto Node(string opType, string[] inputs, string[] outputs, params AttributeProto[] attributes)
    {
        var node = new NodeProto { OpType = opType };
        node.Input.AddRange(inputs);
        node.Output.AddRange(outputs);
        node.Attribute.AddRange(attributes);
        return node;
    }

    /// <summary>A float vector of 2 elements.</summary>
    public static ValueInfoProto Value(string name) => new()
    {
        Name = name,
        Type = new TypeProto
        {
            TensorType = new TypeProto.Types.Tensor
            {
                ElemType = (int)OnnxElementType.Float,
                Shape = new TensorShapeProto { Dim = { new TensorShapeProto.Types.Dimension { DimValue = 2 } } },
            },
        },
    };

    /// <summary>A float tensor of zeros, as raw data.</summary>
    public static TensorProto Tensor(string name, params long[] dims) =>
        Tensor(name, OnnxElementType.Float, dims, new byte[4 * dims.Aggregate(1L, (product, dim) => product * dim)]);

    public static TensorProto Tensor(string name, OnnxElementType type, long[] dims, byte[] data)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)type, RawData = ByteString.CopyFrom(data) };
        tensor.Dims.AddRange(dims);
        return tensor;
    }

    /// <summary>A float vector of 2 elements in another file.</summary>
    public static TensorProto ExternalTensor(string name, params (string Key, string Value)[] pairs)
    {
        TensorProto tensor = Tensor(name, 2);
        tensor.ClearRawData();
        tensor.DataLocation = TensorProto.Types.DataLocation.External;
        tensor.ExternalData.AddRange(pairs.Select(pair => new StringStringEntryProto { Key = pair.Key, Value = pair.Value }));
        return tensor;
    }

    public static AttributeProto Graph(string name, GraphProto graph) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Graph, G = graph };

    public static AttributeProto Int(string name, long value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    /// <summary>A function F(a) = Relu(a) in domain "local".</summary>
    public static FunctionProto Function(string name, params NodeProto[] nodes)
    {
        var function = new FunctionProto
        {
            Name = name,
            Domain = "local",
            Input = { "a" },
            Output = { "b" },
            OpsetImport = { new OperatorSetIdProto { Version = 13 }, new OperatorSetIdProto { Domain = "local", Version = 1 } },
        };
        function.Node.AddRange(nodes.Length > 0 ? nodes : [Node("Relu", ["a"], ["b"])]);
        return function;
    }
}
