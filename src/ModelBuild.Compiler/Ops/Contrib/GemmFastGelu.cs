using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>Gelu, approximated with tanh, of a product and a bias. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.GemmFastGelu</summary>
internal sealed class GemmFastGelu : ContribOp
{
    public override void Expand(FunctionContext f)
    {
        var y = f.Add("MatMul", f.Require(0), f.Require(1));
        f.Output(0, f.Add("Gelu", Attributes.Of(("approximate", "tanh")), f.Input(2) is { } bias ? f.Add("Add", y, bias) : y));
    }
}
