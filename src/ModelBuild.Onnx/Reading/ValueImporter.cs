using System.Collections.Generic;
using System.Linq;
using ModelBuild.Onnx.Protos;

namespace ModelBuild.Onnx.Reading;

/// <summary>
/// Turns stored values into <see cref="OnnxValue"/>. What is present decides, not <c>elem_type</c>, which some files leave out: at most
/// one of the fields is set.
/// </summary>
internal sealed class ValueImporter(TensorImporter tensors)
{
    public OnnxValue Import(TensorProto proto) => new OnnxTensorValue(tensors.Import(proto, node: null));

    public OnnxValue Import(SparseTensorProto proto) => new OnnxSparseTensorValue(tensors.Import(proto, node: null));

    public OnnxValue Import(SequenceProto proto) => new OnnxSequenceValue(Elements(proto));

    public OnnxValue Import(MapProto proto) => new OnnxMapValue(
        proto.Keys.ToArray(), proto.StringKeys.Select(key => key.Memory).ToArray(), Elements(proto.Values ?? new SequenceProto()));

    public OnnxValue Import(OptionalProto proto) => new OnnxOptionalValue(proto switch
    {
        { TensorValue: { } tensor } => Import(tensor),
        { SparseTensorValue: { } tensor } => Import(tensor),
        { SequenceValue: { } sequence } => Import(sequence),
        { MapValue: { } map } => Import(map),
        { OptionalValue: { } optional } => Import(optional),
        _ => null,
    });

    private IReadOnlyList<OnnxValue> Elements(SequenceProto proto) =>
    [
        .. proto.TensorValues.Select(Import),
        .. proto.SparseTensorValues.Select(Import),
        .. proto.SequenceValues.Select(Import),
        .. proto.MapValues.Select(Import),
        .. proto.OptionalValues.Select(Import),
    ];
}
