using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>The product of matrices of 16-bit integers, of 32 bits. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.MatMulInteger16</summary>
internal sealed class MatMulInteger16 : ContribOp
{
    public override void Expand(FunctionContext f)
    {
        // Unsigned products are of unsigned integers.
        var type = f.Type(0).Element == ElementType.UInt16 && f.Type(1).Element == ElementType.UInt16 ? ElementType.UInt32 : ElementType.Int32;
        f.Output(0, f.Add("MatMul", f.As(f.Require(0), type), f.As(f.Require(1), type)));
    }
}
