namespace ModelBuild.Compiler.Ops;

/// <summary>A product of complex numbers, of which the second is conjugated; the last axis holds real and imaginary parts. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.ComplexMulConj</summary>
internal sealed class ComplexMulConj : ContribOp
{
    public override void Expand(FunctionContext f) => f.Output(0, ComplexPairs.Product(f, f.Require(0), f.Require(1), isConjugated: true));
}
