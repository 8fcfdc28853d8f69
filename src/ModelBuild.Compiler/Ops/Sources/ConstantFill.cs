using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>A tensor filled with one value. An experimental operator of ONNX before operator set 9; ConstantOfShape has taken its place. Attributes: value, dtype, and those of <see cref="FillShape"/>.</summary>
internal sealed class ConstantFill : FunctionOp
{
    public override void Expand(FunctionContext f) =>
        f.Output(0, f.Add("Expand", f.Scalar(f.Attributes.Get("value", 0f), (ElementType)f.Attributes.Get("dtype", (long)ElementType.Float)), FillShape.Of(f)));
}
