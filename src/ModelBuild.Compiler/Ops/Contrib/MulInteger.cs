using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>(a - its zero point) * (b - its zero point), of 32-bit integers. Inputs: a, its zero point, b, its zero point. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.MulInteger</summary>
internal sealed class MulInteger : ContribOp
{
    public override void Expand(FunctionContext f)
    {
        IR.Value Wide(int input, int zero)
        {
            var value = f.As(f.Require(input), ElementType.Int32);
            return f.Input(zero) is { } point ? f.Add("Sub", value, f.As(f.One(point), ElementType.Int32)) : value;
        }

        f.Output(0, f.Add("Mul", Wide(0, 1), Wide(2, 3)));
    }
}
