using System;
using System.Collections.Generic;

namespace ModelBuild.Onnx.Tests;

/// <summary>A model with every kind of attribute, type, tensor and part that ONNX has.</summary>
internal static class FullModel
{
    private static readonly OnnxTensorType FloatVector = new(OnnxElementType.Float, [OnnxDimension.Of(2)]);

    public static OnnxModel Create(Dictionary<string, long>? opsets = null) => new()
    {
        IrVersion = 10,
        ProducerName = "tests",
        ProducerVersion = "1.2",
        Domain = "org.example",
        ModelVersion = 3,
        DocString = "All of it.",
        Opsets = opsets ?? new Dictionary<string, long> { [""] = 21, ["local"] = 1 },
        Metadata = [KeyValuePair.Create("b", "1"), KeyValuePair.Create("a", "2")],
        Graph = Graph(),
        Functions = [Function()],
    };

    private static OnnxGraph Graph() => new()
    {
        Name = "main",
        DocString = "The graph.",
        Inputs = [.. Inputs()],
        Outputs = [new OnnxValueInfo { Name = "y" }, new OnnxValueInfo { Name = "z", Type = FloatVector }],
        ValueInfos = [new OnnxValueInfo { Name = "u", Type = new OnnxTensorType(OnnxElementType.Undefined, null) }],
        Initializers = [.. Initializers()],
        SparseInitializers = [Sparse("s")],
        QuantizationAnnotations = [new OnnxQuantizationAnnotation("tensor", [KeyValuePair.Create("SCALE_TENSOR", "u")])],
        Nodes =
        [
            new OnnxNode { Name = "first", OpType = "F", Domain = "local", Overload = "o", Inputs = ["tensor", "", "u"], Outputs = ["y", ""] },
            new OnnxNode { OpType = "Everything", Inputs = ["y"], Outputs = ["z"], Attributes = [.. Attributes()], Index = 1 },
        ],
    };

    private static OnnxSparseTensor Sparse(string name) => new()
    {
        Dims = [4, 2],
        Values = new OnnxTensor { Name = name, ElementType = OnnxElementType.UInt8, Dims = [1], Data = new byte[] { 7 } },
        Indices = new OnnxTensor { ElementType = OnnxElementType.Int64, Dims = [1], Data = new byte[8] },
    };

    private static IEnumerable<OnnxValueInfo> Inputs()
    {
        OnnxDimension[] shape = [OnnxDimension.Of(0), OnnxDimension.Of("batch"), default];
        yield return new OnnxValueInfo { Name = "tensor", Type = new OnnxTensorType(OnnxElementType.BFloat16, shape), DocString = "An input." };
        yield return new OnnxValueInfo { Name = "scalar", Type = new OnnxTensorType(OnnxElementType.Int64, []) };
        yield return new OnnxValueInfo { Name = "any rank", Type = new OnnxTensorType(OnnxElementType.String, null) };
        yield return new OnnxValueInfo { Name = "sparse", Type = new OnnxSparseTensorType(OnnxElementType.Double, shape) };
        yield return new OnnxValueInfo { Name = "sequence", Type = new OnnxSequenceType(new OnnxSequenceType(FloatVector)) };
        yield return new OnnxValueInfo { Name = "optional", Type = new OnnxOptionalType(FloatVector) };
        yield return new OnnxValueInfo { Name = "map", Type = new OnnxMapType(OnnxElementType.String, FloatVector) };
        yield return new OnnxValueInfo { Name = "opaque", Type = new OnnxOpaqueType("org.example", "Thing") };
    }

    /// <summary>One of every element type, with three elements: an odd number for those that share a byte.</summary>
    private static IEnumerable<OnnxTensor> Initializers()
    {
        yield return new OnnxTensor { Name = "u", ElementType = OnnxElementType.Float, Dims = [], Data = new byte[] { 1, 2, 3, 4 } };
        yield return new OnnxTensor { Name = "empty", ElementType = OnnxElementType.Float, Dims = [3, 0] };
        for (OnnxElementType type = OnnxElementType.Float; type <= OnnxElementType.Int2; type++)
        {
            if (type == OnnxElementType.String)
            {
                yield return new OnnxTensor { Name = "t String", ElementType = type, Dims = [2], StringData = ["é"u8.ToArray(), new byte[] { 0xff }] };
                continue;
            }

            type.TryGetByteCount(3, out long bytes);
            byte[] data = new byte[bytes];
            Array.Fill(data, (byte)1);
            yield return new OnnxTensor { Name = "t " + type, ElementType = type, Dims = [1, 3], Data = data };
        }
    }

    private static IEnumerable<OnnxAttribute> Attributes()
    {
        OnnxTensor tensor = new() { ElementType = OnnxElementType.Int8, Dims = [2], Data = new byte[] { 1, 255 } };
        OnnxGraph branch = new() { Name = "branch", Nodes = [new OnnxNode { OpType = "Neg", Inputs = ["y"], Outputs = ["inner"] }], Outputs = [new OnnxValueInfo { Name = "inner" }] };
        yield return OnnxAttribute.Of("float", -0.0f);
        yield return OnnxAttribute.Of("int", long.MinValue);
        yield return OnnxAttribute.Of("zero", 0L);
        yield return OnnxAttribute.Of("string", "text");
        yield return OnnxAttribute.Of("bytes", (ReadOnlyMemory<byte>)new byte[] { 0xff, 0 });
        yield return OnnxAttribute.Of("tensor", tensor);
        yield return OnnxAttribute.Of("graph", branch);
        yield return OnnxAttribute.Of("sparse", Sparse(""));
        yield return OnnxAttribute.Of("type", new OnnxOptionalType(FloatVector));
        yield return OnnxAttribute.Of("floats", [1.5f, float.NaN]);
        yield return OnnxAttribute.Of("ints", [1L, -1L]);
        yield return OnnxAttribute.Of("no ints", Array.Empty<long>());
        yield return OnnxAttribute.Of("strings", (IReadOnlyList<ReadOnlyMemory<byte>>)["a"u8.ToArray(), ReadOnlyMemory<byte>.Empty]);
        yield return OnnxAttribute.Of("tensors", [tensor, tensor]);
        yield return OnnxAttribute.Of("graphs", [branch, branch]);
        yield return OnnxAttribute.Of("sparses", [Sparse("")]);
        yield return OnnxAttribute.Of("types", (IReadOnlyList<OnnxType>)[FloatVector, new OnnxSequenceType(FloatVector)]);
    }

    private static OnnxFunction Function() => new()
    {
        Name = "F",
        Domain = "local",
        Overload = "o",
        DocString = "A function.",
        Inputs = ["a", "b", "c"],
        Outputs = ["d", "e"],
        AttributeNames = ["k"],
        AttributeDefaults = [OnnxAttribute.Of("l", 2L)],
        Opsets = new Dictionary<string, long> { [""] = 18 },
        ValueInfos = [new OnnxValueInfo { Name = "d", Type = FloatVector }],
        Nodes =
        [
            new OnnxNode { OpType = "Softmax", Inputs = ["a"], Outputs = ["d"], Attributes = [OnnxAttribute.ReferenceTo("axis", OnnxAttributeKind.Int, "k")] },
            new OnnxNode { OpType = "Identity", Inputs = ["d"], Outputs = ["e"], Index = 1 },
        ],
    };
}
