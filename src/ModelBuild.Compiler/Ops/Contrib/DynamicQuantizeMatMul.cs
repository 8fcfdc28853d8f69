using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>The product of a matrix, quantized by its range, with a quantized one, as floats. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.DynamicQuantizeMatMul</summary>
internal sealed class DynamicQuantizeMatMul : FunctionOp
{
    public override string Domain => "com.microsoft";

    public override void Expand(FunctionContext f)
    {
        var a = f.AddAll("DynamicQuantizeLinear", 3, Attributes.None, f.Require(0));
        var sums = f.Add("MatMulInteger", a[0], f.Require(1), a[2], f.Input(3));
        var y = f.Add("Mul", f.Add("Cast", Attributes.Of(("to", 1L)), sums), f.Add("Mul", a[1], f.Require(2)));
        f.Output(0, f.Input(4) is { } bias ? f.Add("Add", y, bias) : y);
    }
}
