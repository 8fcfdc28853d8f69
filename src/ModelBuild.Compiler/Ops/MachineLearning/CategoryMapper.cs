using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Texts as the integers that stand for them, or the other way round; default_int64 and default_string are given for what is in neither list.
/// https://onnx.ai/onnx/operators/onnx_aionnxml_CategoryMapper.html
/// Versions: 1.
/// </summary>
internal sealed class CategoryMapper : FunctionOp
{
    public override string Domain => "ai.onnx.ml";

    public override void Expand(FunctionContext f)
    {
        var (texts, numbers) = (f.Attributes.Require<string[]>("cats_strings"), f.Attributes.Require<long[]>("cats_int64s"));
        if (texts.Length != numbers.Length)
        {
            throw new OperatorException($"there are {texts.Length} texts for {numbers.Length} integers");
        }

        var (words, integers) = (f.Constant(Tensor.Of(texts, texts.Length)), f.Constant(Tensor.Vector(numbers)));
        f.Output(0, f.Type(0).Element switch
        {
            ElementType.String => f.Add($"{OwnDomain}.{nameof(Lookup)}", f.Require(0), words, integers, f.Constant(Tensor.Scalar(f.Attributes.Get("default_int64", -1L)))),
            ElementType.Int64 => f.Add($"{OwnDomain}.{nameof(Lookup)}", f.Require(0), integers, words, f.Constant(Tensor.Of([f.Attributes.Get("default_string", "_Unused")]))),
            _ => throw new OperatorException($"{f.Type(0)} is neither texts nor 64-bit integers"),
        });
    }
}
