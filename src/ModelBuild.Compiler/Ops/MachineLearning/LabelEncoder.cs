using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Each element looked up in a table. https://onnx.ai/onnx/operators/onnx_aionnxml_LabelEncoder.html
/// Versions: 1 (classes_strings, both ways), 2 (keys and values), 4 (tensors of them, more types).
/// </summary>
internal sealed class LabelEncoder : FunctionOp
{
    public override string Domain => "ai.onnx.ml";

    public override IReadOnlyList<int> Versions => [1, 2, 4];

    public override void Expand(FunctionContext f)
    {
        var element = f.Type(0).Element;
        Tensor keys;
        Tensor values;
        if (f.Version < 2)
        {
            var texts = f.Attributes.Require<string[]>("classes_strings");
            var numbers = Tensor.Vector([.. Enumerable.Range(0, texts.Length).Select(i => (long)i)]);
            (keys, values) = element == ElementType.String ? (Tensor.Of(texts, texts.Length), numbers) : (numbers, Tensor.Of(texts, texts.Length));
        }
        else
        {
            keys = Table(f.Attributes, "keys") ?? throw new OperatorException("there are no keys");
            values = Table(f.Attributes, "values") ?? throw new OperatorException("there are no values");
        }

        if (keys.Length != values.Length || keys.Type != element)
        {
            throw new OperatorException($"{keys.Length} keys of {keys.Type} and {values.Length} values do not fit {f.Type(0)}");
        }

        f.Output(0, f.Add($"{OwnDomain}.{nameof(Lookup)}", f.Require(0), f.Constant(keys), f.Constant(values), f.Constant(Default(f.Attributes, values.Type, f.Version))));
    }

    private static Tensor? Table(Attributes attributes, string role) =>
        attributes.Has($"{role}_tensor") ? attributes.Require<Tensor>($"{role}_tensor") is var tensor ? tensor.Reshaped(tensor.Length) : null
        : attributes.Ints($"{role}_int64s") is { Length: > 0 } numbers ? Tensor.Vector(numbers)
        : attributes.Get<float[]>($"{role}_floats", []) is { Length: > 0 } floats ? Tensor.Of<float>(floats, floats.Length)
        : attributes.Get<string[]>($"{role}_strings", []) is { Length: > 0 } texts ? Tensor.Of(texts, texts.Length)
        : null;

    private static Tensor Default(Attributes attributes, ElementType type, int version) => attributes.Has("default_tensor") ? attributes.Require<Tensor>("default_tensor") : type switch
    {
        ElementType.Int64 => Tensor.Scalar(attributes.Get("default_int64", -1L)),
        ElementType.Float => Tensor.Scalar(attributes.Get("default_float", -0f)),
        ElementType.String => Tensor.Of([attributes.Get("default_string", "_Unused")]),
        ElementType.Double => Tensor.Scalar(0d),
        ElementType.Int32 => Tensor.Scalar(-1),
        ElementType.Int16 => Tensor.Scalar((short)-1),
        _ => throw ElementKinds.Unsupported(nameof(LabelEncoder), type),
    };
}
