using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Two products with matrices of few bits, activation(x gate) * (x up), of an input that may be normalized before, and summed with another before that.
/// https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.MatMulNBitsMlp
/// </summary>
internal sealed class MatMulNBitsMlp : ContribOp
{
    public override void Expand(FunctionContext f)
    {
        var x = FewBits.Normalized(f, 0, 1, 2, 1);
        var columns = f.Attributes.Require<long>("N");
        var (gate, up) = (FewBits.Product(f, x, 3, 4, 5, columns), FewBits.Product(f, x, 6, 7, 8, columns));
        var open = f.Attributes.Require<string>("activation") switch
        {
            "silu" => f.Add("Swish", gate),
            "gelu" => f.Add("Gelu", gate),
            "relu" => f.Add("Relu", gate),
            var other => throw OperatorException.Unsupported($"the activation \"{other}\" is not supported"),
        };
        f.Output(0, f.Add("Mul", open, up));
    }
}
