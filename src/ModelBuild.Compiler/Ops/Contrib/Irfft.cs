using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>Real numbers from the first half of their Fourier transform, whose last axis holds real and imaginary parts. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.Irfft</summary>
internal sealed class Irfft : ContribOp
{
    public override void Expand(FunctionContext f)
    {
        Rfft.Check(f);
        var y = f.Add("DFT", Attributes.Of(("onesided", 1), ("inverse", 1)), f.Require(0), null, f.Constant(Tensor.Scalar(-2L)));
        f.Output(0, f.Add("Squeeze", y, f.Constant(-1L)));
    }
}
