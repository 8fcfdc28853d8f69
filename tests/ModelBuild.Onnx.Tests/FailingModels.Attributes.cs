using System.Collections.Generic;
using ModelBuild.Onnx.Protos;
using static ModelBuild.Onnx.Protos.AttributeProto.Types;

namespace ModelBuild.Onnx.Tests;

internal static partial class FailingModels
{
    private static IEnumerable<FailingModel> Attributes()
    {
        yield return FailingModel.Attributes("MB1040", "an attribute given twice", Samples.Int("axis", 0), Samples.Int("axis", 1));
        yield return FailingModel.Attributes("MB1041", "a tensor attribute without tensor",
            new AttributeProto { Name = "value", Type = AttributeType.Tensor });
        yield return FailingModel.Attributes("MB1041", "a graph attribute without graph",
            new AttributeProto { Name = "body", Type = AttributeType.Graph });
        yield return FailingModel.Attributes("MB1041", "an integer attribute that holds a float",
            new AttributeProto { Name = "axis", Type = AttributeType.Int, F = 1 });
        yield return FailingModel.Attributes("MB1041", "an attribute of an unknown type",
            new AttributeProto { Name = "axis", Type = (AttributeType)77, I = 1 });
        yield return FailingModel.Attributes("MB1041", "an attribute with neither type nor value", new AttributeProto { Name = "axis" });
        yield return FailingModel.Attributes("MB1041", "an attribute without type and with two values",
            new AttributeProto { Name = "axis", I = 1, F = 1 });
        yield return FailingModel.Changed("MB1041", "a reference that also holds a value", model => model.Functions.Add(Samples.Function(
            "F", Samples.Node("Relu", ["a"], ["b"], new AttributeProto { Name = "axis", Type = AttributeType.Int, I = 1, RefAttrName = "k" }))));
        yield return FailingModel.Attributes("MB1042", "a reference outside of a function",
            new AttributeProto { Name = "axis", Type = AttributeType.Int, RefAttrName = "k" });
        yield return FailingModel.Changed("MB1043", "an input with an unknown element type", model =>
            model.Graph.Input[0].Type.TensorType.ElemType = 99);
        yield return FailingModel.Tensor("MB1043", "a tensor with an unknown element type", () => new TensorProto { Name = "w", DataType = 99 });
        yield return FailingModel.Tensor("MB1043", "a tensor without element type", () => new TensorProto { Name = "w" });
        yield return FailingModel.Changed("MB1044", "an input without type", model => model.Graph.Input[0].Type = null);
        yield return FailingModel.Changed("MB1044", "an input without element type", model =>
            model.Graph.Input[0].Type.TensorType.ClearElemType());
        yield return FailingModel.Attributes("MB1044", "an empty type attribute",
            new AttributeProto { Name = "type", Type = AttributeType.TypeProto, Tp = new TypeProto() });
        yield return FailingModel.Changed("MB1044", "a map with float keys", model => model.Graph.Output[0].Type = new TypeProto
        {
            MapType = new TypeProto.Types.Map { KeyType = (int)OnnxElementType.Float, ValueType = Samples.Value("v").Type },
        });
        yield return FailingModel.Changed("MB1044", "a map without a type of values", model => model.Graph.Output[0].Type = new TypeProto
        {
            MapType = new TypeProto.Types.Map { KeyType = (int)OnnxElementType.Int64 },
        });
    }
}
