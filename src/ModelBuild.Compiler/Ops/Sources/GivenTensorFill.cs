using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>A tensor of the numbers in an attribute, of 32-bit floats. An experimental operator of ONNX before operator set 9. Attributes: values, and those of <see cref="FillShape"/>.</summary>
internal sealed class GivenTensorFill : FunctionOp
{
    public override void Expand(FunctionContext f)
    {
        var values = f.Attributes.Require<float[]>("values");
        f.Output(0, f.Add("Reshape", f.Constant(Tensor.Of<float>(values, values.Length)), FillShape.Of(f)));
    }
}
