using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// What a map has for each key of a vocabulary, zero or an empty text where it has nothing: [1, keys]. https://onnx.ai/onnx/operators/onnx_aionnxml_DictVectorizer.html
/// Versions: 1. As in ONNX Runtime, keys that are not in the vocabulary are left out, and the vocabulary may have one twice.
/// </summary>
internal sealed class DictVectorizer : FunctionOp
{
    public override string Domain => "ai.onnx.ml";

    public override void Expand(FunctionContext f)
    {
        var map = f.Map(0);
        var (texts, integers) = (f.Attributes.Has("string_vocabulary"), f.Attributes.Has("int64_vocabulary"));
        if (texts == integers)
        {
            throw new OperatorException(texts ? "it has both a vocabulary of texts and one of integers" : "it has no vocabulary");
        }

        var words = texts ? f.Attributes.Require<string[]>("string_vocabulary") : [];
        var vocabulary = texts ? Tensor.Of(words, words.Length) : Tensor.Vector(f.Attributes.Require<long[]>("int64_vocabulary"));
        var (key, value) = (map.Keys.Type.Element, map.Values.Type.Element);
        if (key != vocabulary.Type)
        {
            throw new OperatorException($"the keys of the map are {key.ShortName()} and those of the vocabulary {vocabulary.Type.ShortName()}");
        }

        if (value is not (ElementType.Int64 or ElementType.Float or ElementType.Double or ElementType.String))
        {
            throw new OperatorException($"a map to {value.ShortName()} is none to texts, 64-bit integers or floats");
        }

        var nothing = f.Constant(value == ElementType.String ? Tensor.Of([string.Empty], [1]) : TensorNumbers.Scalar(0, value));
        f.Output(0, f.Add("Unsqueeze", f.Add($"{OwnDomain}.{nameof(Lookup)}", f.Constant(vocabulary), map.Keys, map.Values, nothing), f.Constant(0L)));
    }
}
