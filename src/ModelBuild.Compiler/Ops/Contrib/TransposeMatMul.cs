namespace ModelBuild.Compiler.Ops;

/// <summary>An older name of FusedMatMul. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.TransposeMatMul</summary>
internal sealed class TransposeMatMul : ContribOp
{
    public override void Expand(FunctionContext f) => f.Output(0, MatrixProduct.Compute(f));
}
