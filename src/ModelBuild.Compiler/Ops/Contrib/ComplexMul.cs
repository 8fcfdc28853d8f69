namespace ModelBuild.Compiler.Ops;

/// <summary>A product of complex numbers; the last axis holds real and imaginary parts. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.ComplexMul</summary>
internal sealed class ComplexMul : ContribOp
{
    public override void Expand(FunctionContext f) => f.Output(0, ComplexPairs.Product(f, f.Require(0), f.Require(1), isConjugated: false));
}
