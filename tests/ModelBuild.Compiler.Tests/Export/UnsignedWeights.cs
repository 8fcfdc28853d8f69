using System.IO;
using System.Linq;
using ModelBuild.Onnx;

namespace ModelBuild.Compiler.Tests.Export;

/// <summary>
/// A model whose integer operators have unsigned weights instead of signed ones: 128 is added to them, and is their zero point. ONNX Runtime then computes the same sums
/// without saturation on every processor.
/// </summary>
internal static class UnsignedWeights
{
    private const string ZeroPoint = "unsigned_weights_zero_point";
    private const byte Offset = 128;

    public static byte[] Write(OnnxModel model)
    {
        var signed = model.Graph.Initializers.Where(tensor => tensor.ElementType == OnnxElementType.Int8).Select(tensor => tensor.Name);
        var weights = model.Graph.Nodes.Where(node => node.OpType is "ConvInteger" or "MatMulInteger" && node.Inputs.Count <= 3).Select(node => node.Inputs[1]).Intersect(signed).ToHashSet();
        var zeroPoint = new OnnxTensor { Name = ZeroPoint, ElementType = OnnxElementType.UInt8, Dims = [], Data = new[] { Offset } };
        var graph = new OnnxGraph
        {
            Name = model.Graph.Name,
            Nodes = [.. model.Graph.Nodes.Select(node => node.Inputs.Count > 1 && weights.Contains(node.Inputs[1]) ? WithZeroPoint(node) : node)],
            Inputs = model.Graph.Inputs,
            Outputs = model.Graph.Outputs,
            Initializers = [.. model.Graph.Initializers.Select(tensor => weights.Contains(tensor.Name) ? Unsigned(tensor) : tensor), zeroPoint],
            SparseInitializers = model.Graph.SparseInitializers,
        };
        using var stream = new MemoryStream();
        OnnxWriter.Write(new OnnxModel { IrVersion = model.IrVersion, Opsets = model.Opsets, Functions = model.Functions, Graph = graph }, stream);
        return stream.ToArray();
    }

    private static OnnxNode WithZeroPoint(OnnxNode node) => new()
    {
        Name = node.Name,
        OpType = node.OpType,
        Domain = node.Domain,
        Inputs = [node.Inputs[0], node.Inputs[1], node.Inputs.ElementAtOrDefault(2) ?? string.Empty, ZeroPoint],
        Outputs = node.Outputs,
        Attributes = node.Attributes,
    };

    // To a byte in two's complement, 128 is added by turning its highest bit.
    private static OnnxTensor Unsigned(OnnxTensor tensor) => new()
    {
        Name = tensor.Name,
        ElementType = OnnxElementType.UInt8,
        Dims = tensor.Dims,
        Data = tensor.Data.ToArray().Select(value => (byte)(value ^ Offset)).ToArray(),
    };
}
