namespace ModelBuild.Compiler.Ops;

/// <summary>The product of matrices that may be transposed, times a factor. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.FusedMatMul</summary>
internal sealed class FusedMatMul : ContribOp
{
    public override void Expand(FunctionContext f) => f.Output(0, MatrixProduct.Compute(f));
}
