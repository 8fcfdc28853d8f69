using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>RMSNormalization of groups of as many elements as there are scales, times SiLU of a gate, all in 32-bit floats. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.GatedRMSNorm</summary>
internal sealed class GatedRMSNorm : ContribOp
{
    public override void Expand(FunctionContext f)
    {
        var (x, scale) = (f.Require(0), f.As(f.Require(1), ElementType.Float));
        if (!scale.Type[0].IsConstant)
        {
            throw OperatorException.Unsupported("a number of scales that only a run knows is not supported");
        }

        var groups = f.Add("Reshape", f.As(x, ElementType.Float), f.Constant(-1, scale.Type[0].Constant));
        var normalized = f.Add("RMSNormalization", Attributes.Of(("axis", -1), ("epsilon", f.Attributes.Get("epsilon", 1e-6f))), groups, scale);
        f.Output(0, f.As(f.Add("Mul", f.Add("Reshape", normalized, f.ShapeOf(x)), f.Add("Swish", f.As(f.Require(2), ElementType.Float))), x.Type.Element));
    }
}
