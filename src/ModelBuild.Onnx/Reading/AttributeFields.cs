using System.Collections.Generic;
using ModelBuild.Onnx.Protos;

namespace ModelBuild.Onnx.Reading;

/// <summary>Which of the value fields of an attribute are set.</summary>
internal static class AttributeFields
{
    /// <summary>
    /// The kinds of all values present. A zero or an empty string next to another value does not count, since some writers store
    /// every scalar; alone it does.
    /// </summary>
    public static List<OnnxAttributeKind> Set(AttributeProto proto)
    {
        var kinds = new List<OnnxAttributeKind>();
        Add(proto.F != 0, OnnxAttributeKind.Float);
        Add(proto.I != 0, OnnxAttributeKind.Int);
        Add(proto.S.Length > 0, OnnxAttributeKind.String);
        Add(proto.T is not null, OnnxAttributeKind.Tensor);
        Add(proto.G is not null, OnnxAttributeKind.Graph);
        Add(proto.SparseTensor is not null, OnnxAttributeKind.SparseTensor);
        Add(proto.Tp is not null, OnnxAttributeKind.Type);
        Add(proto.Floats.Count > 0, OnnxAttributeKind.Floats);
        Add(proto.Ints.Count > 0, OnnxAttributeKind.Ints);
        Add(proto.Strings.Count > 0, OnnxAttributeKind.Strings);
        Add(proto.Tensors.Count > 0, OnnxAttributeKind.Tensors);
        Add(proto.Graphs.Count > 0, OnnxAttributeKind.Graphs);
        Add(proto.SparseTensors.Count > 0, OnnxAttributeKind.SparseTensors);
        Add(proto.TypeProtos.Count > 0, OnnxAttributeKind.Types);
        if (kinds.Count == 0)
        {
            bool single = (proto.HasF ? 1 : 0) + (proto.HasI ? 1 : 0) + (proto.HasS ? 1 : 0) == 1;
            Add(single && proto.HasF, OnnxAttributeKind.Float);
            Add(single && proto.HasI, OnnxAttributeKind.Int);
            Add(single && proto.HasS, OnnxAttributeKind.String);
        }

        return kinds;

        void Add(bool present, OnnxAttributeKind kind)
        {
            if (present)
            {
                kinds.Add(kind);
            }
        }
    }
}
