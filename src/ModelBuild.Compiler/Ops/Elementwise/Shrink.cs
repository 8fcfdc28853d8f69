using System.Collections.Generic;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// x + bias below -lambd, x - bias above lambd, and 0 between. https://onnx.ai/onnx/operators/onnx__Shrink.html
/// Versions: 9. With integers, which are computed in 64-bit floats, the result is cut towards 0.
/// </summary>
internal sealed class Shrink : FunctionOp
{
    public override IReadOnlyList<int> Versions => [9];

    public override void Expand(FunctionContext f)
    {
        var x = f.Require(0);
        var wide = f.As(x, x.Type.Element is ElementType.Float or ElementType.Float16 or ElementType.BFloat16 ? ElementType.Float : ElementType.Double);
        var (bias, limit) = (f.Attributes.Get("bias", 0f), f.Attributes.Get("lambd", 0.5f));
        var high = f.Add("Where", f.Add("Greater", wide, limit), f.Add("Sub", wide, bias), f.Number(0, wide));
        f.Output(0, f.As(f.Add("Where", f.Add("Less", wide, -limit), f.Add("Add", wide, bias), high), x.Type.Element));
    }
}
