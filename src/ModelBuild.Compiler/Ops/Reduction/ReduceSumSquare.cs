using ModelBuild.Compiler.IR;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The sum of squares. https://onnx.ai/onnx/operators/onnx__ReduceSumSquare.html
/// Versions: 1, 11 (negative axes), 13 (bfloat16), 18 (axes is an input).
/// </summary>
internal sealed class ReduceSumSquare : ReduceOp
{
    protected override object FloatReduction => default(ReduceSumSquareF32);

    protected override Value Define(FunctionContext context, Value x) => Along(context, "ReduceSum", context.Add("Mul", x, x));
}
