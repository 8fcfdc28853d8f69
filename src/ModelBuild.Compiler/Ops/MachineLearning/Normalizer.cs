using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Each row divided by its largest value, its L1 or its L2 norm; a row without one stays as it is. https://onnx.ai/onnx/operators/onnx_aionnxml_Normalizer.html
/// Versions: 1.
/// </summary>
internal sealed class Normalizer : FunctionOp
{
    public override string Domain => "ai.onnx.ml";

    public override void Expand(FunctionContext f)
    {
        var x = f.Require(0);
        x = x.Type.Element == ElementType.Float ? x : f.Add("Cast", Attributes.Of(("to", (long)ElementType.Float)), x);
        var norm = f.Attributes.Get("norm", "MAX") switch
        {
            "MAX" => "ReduceMax",
            "L1" => "ReduceL1",
            "L2" => "ReduceL2",
            var other => throw new OperatorException($"norm=\"{other}\" is none of MAX, L1 and L2"),
        };
        var size = f.Add(norm, x, f.Constant(x.Type.Rank - 1));
        f.Output(0, f.Add("Div", x, f.Add("Where", f.Add("Equal", size, f.Scalar(0)), f.Scalar(1), size)));
    }
}
