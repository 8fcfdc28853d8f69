namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Three products with matrices of few bits, of an input that is normalized before, and may be summed with another before that.
/// https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.MatMulNBitsQkv
/// </summary>
internal sealed class MatMulNBitsQkv : ContribOp
{
    public override void Expand(FunctionContext f)
    {
        var x = FewBits.Normalized(f, 0, 1, 2, 3);
        var (queries, others) = (f.Attributes.Require<long>("Nq"), f.Attributes.Require<long>("Nkv"));
        f.Output(0, FewBits.Product(f, x, 3, 4, 5, queries));
        f.Output(1, FewBits.Product(f, x, 6, 7, 8, others));
        f.Output(2, FewBits.Product(f, x, 9, 10, 11, others));
    }
}
