using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>y = x * scale + bias of the channel. An experimental operator of ONNX before operator set 8; axes are [N, C, H, W].</summary>
internal sealed class ImageScaler : FunctionOp
{
    public override void Expand(FunctionContext f)
    {
        var bias = f.Attributes.Get<float[]>("bias", []);
        var scaled = f.Add("Mul", f.Require(0), f.Scalar(f.Attributes.Get("scale", 1f)));
        f.Output(0, bias.Length == 0 ? scaled : f.Add("Add", scaled, f.Constant(Tensor.Of<float>(bias, bias.Length, 1, 1))));
    }
}
