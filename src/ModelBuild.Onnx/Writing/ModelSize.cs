using System.Collections.Generic;

namespace ModelBuild.Onnx.Writing;

/// <summary>How much data a model holds; protobuf itself does not notice when a message becomes too large for its 32-bit lengths.</summary>
internal static class ModelSize
{
    /// <summary>2 GiB less 64 MiB for everything that is not tensor data.</summary>
    public const long MostData = (2L << 30) - (64L << 20);

    /// <summary>Bytes of all tensors: initializers and attributes, in nested graphs and functions too.</summary>
    public static long OfData(OnnxModel model)
    {
        long bytes = OfData(model.Graph);
        foreach (OnnxFunction function in model.Functions)
        {
            bytes += OfData(function.Nodes);
        }

        return bytes;
    }

    private static long OfData(OnnxGraph graph)
    {
        long bytes = OfData(graph.Nodes);
        foreach (OnnxTensor tensor in graph.Initializers)
        {
            bytes += OfData(tensor);
        }

        foreach (OnnxSparseTensor tensor in graph.SparseInitializers)
        {
            bytes += OfData(tensor);
        }

        return bytes;
    }

    private static long OfData(IEnumerable<OnnxNode> nodes)
    {
        long bytes = 0;
        foreach (OnnxNode node in nodes)
        {
            foreach (OnnxAttribute attribute in node.Attributes)
            {
                bytes += OfData(attribute);
            }
        }

        return bytes;
    }

    private static long OfData(OnnxAttribute attribute)
    {
        if (attribute.Reference is not null)
        {
            return 0;
        }

        long bytes = 0;
        switch (attribute.Kind)
        {
            case OnnxAttributeKind.Tensor:
                return OfData(attribute.Tensor);
            case OnnxAttributeKind.SparseTensor:
                return OfData(attribute.SparseTensor);
            case OnnxAttributeKind.Tensors:
                foreach (OnnxTensor tensor in attribute.Tensors)
                {
                    bytes += OfData(tensor);
                }

                return bytes;
            case OnnxAttributeKind.SparseTensors:
                foreach (OnnxSparseTensor tensor in attribute.SparseTensors)
                {
                    bytes += OfData(tensor);
                }

                return bytes;
            default:
                foreach (OnnxGraph graph in attribute.NestedGraphs)
                {
                    bytes += OfData(graph);
                }

                return bytes;
        }
    }

    private static long OfData(OnnxSparseTensor tensor) => OfData(tensor.Values) + OfData(tensor.Indices);

    private static long OfData(OnnxTensor tensor)
    {
        long bytes = tensor.Data.Length;
        foreach (System.ReadOnlyMemory<byte> text in tensor.StringData)
        {
            bytes += text.Length;
        }

        return bytes;
    }
}
