using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The Fourier transforms of overlapping frames of a signal, [batch, length] or [batch, length, 1 or 2 parts]. A frame is as long as frame_length says, or the window, or
/// the whole signal. https://onnx.ai/onnx/operators/onnx__STFT.html
/// Versions: 17.
/// </summary>
internal sealed class STFT : FunctionOp
{
    public override IReadOnlyList<int> Versions => [17];

    public override void Expand(FunctionContext f)
    {
        var signal = f.Type(0).Rank == 2 ? f.Add("Unsqueeze", f.Require(0), f.Constant(2L)) : f.Require(0);
        Value Number(Value value) => f.Add("Reshape", f.Add("Cast", Attributes.Of(("to", (long)ElementType.Int64)), value), f.Constant(new long[0]));
        Value Size(Value value, int axis) => f.Add("Gather", f.ShapeOf(value), f.Constant(Tensor.Scalar((long)axis)));
        var step = Number(f.Require(1));
        var length = f.Input(3) is { } given ? Number(given) : f.Input(2) is { } whole ? Size(whole, 0) : Size(signal, 1);
        var one = f.Constant(Tensor.Scalar(1L));
        var zero = f.Constant(Tensor.Scalar(0L));
        var frames = f.Add("Add", f.Add("Div", f.Add("Sub", Size(signal, 1), length), step), one);
        var starts = f.Add("Unsqueeze", f.Add("Mul", f.Add("Range", zero, frames, one), step), f.Constant(1L));
        var cut = f.Add("Gather", Attributes.Of(("axis", 1)), signal, f.Add("Add", starts, f.Add("Range", zero, length, one)));
        cut = f.Input(2) is { } window ? f.Add("Mul", cut, f.Add("Unsqueeze", window, f.Constant(1L))) : cut;
        f.Output(0, f.Add("DFT", Attributes.Of(("onesided", f.Attributes.Get("onesided", 1L))), cut, null, f.Constant(2L)));
    }
}
