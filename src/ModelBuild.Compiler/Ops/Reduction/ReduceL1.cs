using ModelBuild.Compiler.IR;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The sum of magnitudes. https://onnx.ai/onnx/operators/onnx__ReduceL1.html
/// Versions: 1, 11 (negative axes), 13 (bfloat16), 18 (axes is an input).
/// </summary>
internal sealed class ReduceL1 : ReduceOp
{
    protected override object FloatReduction => default(ReduceL1F32);

    protected override Value Define(FunctionContext context, Value x) => Along(context, "ReduceSum", context.Add("Abs", x));
}
