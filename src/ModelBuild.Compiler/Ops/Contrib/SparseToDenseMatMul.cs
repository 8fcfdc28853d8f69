using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The product of a sparse matrix and a dense one. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.SparseToDenseMatMul
/// A sparse initializer is a dense one here.
/// </summary>
internal sealed class SparseToDenseMatMul : ContribOp
{
    public override void Expand(FunctionContext f) => f.Output(0, f.Add(
        "com.microsoft.FusedMatMul",
        Attributes.Of(("alpha", f.Attributes.Get("alpha", 1f)), ("transA", f.Attributes.Get("transA", 0L)), ("transB", f.Attributes.Get("transB", 0L))),
        f.Require(0), f.Require(1)));
}
