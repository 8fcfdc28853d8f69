using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>The first half of the Fourier transform of real numbers along the last axis; a new last axis holds real and imaginary parts. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.Rfft</summary>
internal sealed class Rfft : ContribOp
{
    public override void Expand(FunctionContext f)
    {
        Check(f);
        f.Output(0, f.Add("DFT", Attributes.Of(("onesided", 1)), f.Add("Unsqueeze", f.Require(0), f.Constant(-1L)), null, f.Constant(Tensor.Scalar(-2L))));
    }

    /// <summary>Rejects transforms of several axes, and those that the definition leaves open.</summary>
    public static void Check(FunctionContext f)
    {
        if (f.Attributes.Get("signal_ndim", 1L) != 1 || f.Attributes.Flag("normalized") || !f.Attributes.Flag("onesided", otherwise: true))
        {
            throw OperatorException.Unsupported("a transform that is normalized, two-sided, or of several axes is not supported");
        }
    }
}
