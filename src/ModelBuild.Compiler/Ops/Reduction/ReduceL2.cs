using ModelBuild.Compiler.IR;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The square root of the sum of squares. https://onnx.ai/onnx/operators/onnx__ReduceL2.html
/// Versions: 1, 11 (negative axes), 13 (bfloat16), 18 (axes is an input).
/// </summary>
internal sealed class ReduceL2 : ReduceOp
{
    protected override object FloatReduction => default(ReduceL2F32);

    // The roots and logarithms of integers are those of 64-bit floats, rounded towards zero.
    protected override Value Define(FunctionContext context, Value x)
    {
        var wide = context.As(x, ElementType.Double);
        return context.As(context.Add("Sqrt", Along(context, "ReduceSumSquare", wide)), x.Type.Element);
    }
}
