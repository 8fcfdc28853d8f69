using ModelBuild.Compiler.IR;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The natural logarithm of the sum. https://onnx.ai/onnx/operators/onnx__ReduceLogSum.html
/// Versions: 1, 11 (negative axes), 13 (bfloat16), 18 (axes is an input).
/// </summary>
internal sealed class ReduceLogSum : ReduceOp
{
    protected override object FloatReduction => default(ReduceLogSumF32);

    // The roots and logarithms of integers are those of 64-bit floats, rounded towards zero.
    protected override Value Define(FunctionContext context, Value x) =>
        context.As(context.Add("Log", Along(context, "ReduceSum", context.As(x, ElementType.Double))), x.Type.Element);
}
