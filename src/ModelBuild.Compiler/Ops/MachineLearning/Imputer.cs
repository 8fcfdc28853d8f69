using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Values that stand for "missing" replaced, by one value or by one for each feature. https://onnx.ai/onnx/operators/onnx_aionnxml_Imputer.html
/// Versions: 1.
/// </summary>
internal sealed class Imputer : FunctionOp
{
    public override string Domain => "ai.onnx.ml";

    public override void Expand(FunctionContext f)
    {
        var x = f.Require(0);
        if (x.Type.Element.IsInteger())
        {
            var given = f.Attributes.Ints("imputed_value_int64s") ?? throw new OperatorException("there is no value for what is missing");
            Value Integers(params long[] values) => f.Add("Cast", Attributes.Of(("to", (long)x.Type.Element)), f.Constant(values));
            f.Output(0, f.Add("Where", f.Add("Equal", x, Integers(f.Attributes.Get("replaced_value_int64", 0L))), Integers(given), x));
            return;
        }

        var values = f.Attributes.Require<float[]>("imputed_value_floats");
        var missing = f.Attributes.Get("replaced_value_float", 0f);
        Value Floats(params float[] numbers) => f.Add("Cast", Attributes.Of(("to", (long)x.Type.Element)), f.Constant(Tensor.Of<float>(numbers, numbers.Length)));
        var isMissing = float.IsNaN(missing) ? f.Add("IsNaN", x) : f.Add("Equal", x, Floats(missing));
        f.Output(0, f.Add("Where", isMissing, Floats(values), x));
    }
}
