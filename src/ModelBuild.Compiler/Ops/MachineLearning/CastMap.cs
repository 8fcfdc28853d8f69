using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The values of a map as numbers or texts, [1, entries] in the order of their keys (map_form DENSE), or [1, max_map] each at the place that its key says (SPARSE), zeros
/// between them. https://onnx.ai/onnx/operators/onnx_aionnxml_CastMap.html
/// Versions: 1. As in ONNX Runtime, keys from max_map on are left out, a negative one fails the run, texts have six digits behind the point, and the text for nothing is 0.f.
/// </summary>
internal sealed class CastMap : FunctionOp
{
    public override string Domain => "ai.onnx.ml";

    public override void Expand(FunctionContext f)
    {
        var map = f.Map(0);
        var from = map.Values.Type.Element;
        if (map.Keys.Type.Element != ElementType.Int64 || from is not (ElementType.Float or ElementType.String))
        {
            throw new OperatorException($"a map from {map.Keys.Type.Element.ShortName()} to {from.ShortName()} is none from 64-bit integers to texts or 32-bit floats");
        }

        var to = f.Attributes.Get("cast_to", "TO_FLOAT") switch
        {
            "TO_FLOAT" => ElementType.Float,
            "TO_INT64" => ElementType.Int64,
            "TO_STRING" => ElementType.String,
            var other => throw new OperatorException($"cast_to is \"{other}\", which is none of TO_FLOAT, TO_INT64 and TO_STRING"),
        };
        var values = from == to ? map.Values
            : from == ElementType.String ? f.Read(map.Values, to)
            : to == ElementType.String ? f.Add($"{OwnDomain}.{nameof(FixedTexts)}", map.Values)
            : f.As(map.Values, to);
        var vector = f.Attributes.Get("map_form", "DENSE") switch
        {
            "DENSE" => f.Add($"{OwnDomain}.{nameof(SortEntries)}", map.Keys, values),
            "SPARSE" => f.Add($"{OwnDomain}.{nameof(PlaceEntries)}", Attributes.Of(("size", Size(f))), map.Keys, values, f.Constant(to == ElementType.String ? Tensor.Of(["0.f"], [1]) : TensorNumbers.Scalar(0, to))),
            var other => throw new OperatorException($"map_form is \"{other}\", which is neither DENSE nor SPARSE"),
        };
        f.Output(0, f.Add("Unsqueeze", vector, f.Constant(0L)));
    }

    private static long Size(FunctionContext f) => f.Attributes.Get("max_map", 1L) is > 0 and <= int.MaxValue and var size ? size : throw new OperatorException($"max_map is {f.Attributes.Get("max_map", 1L)}");
}
