using ModelBuild.Compiler.IR;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The sum divided by the number of values. https://onnx.ai/onnx/operators/onnx__ReduceMean.html
/// Versions: 1, 11 (negative axes), 13 (bfloat16), 18 (axes is an input).
/// </summary>
internal sealed class ReduceMean : ReduceOp
{
    protected override object FloatReduction => default(ReduceMeanF32);

    // The mean of integers is rounded towards zero.
    protected override Value Define(FunctionContext context, Value x)
    {
        var sum = Along(context, "ReduceSum", x);
        var count = context.Add("Div", context.Add("Size", x), context.Add("Max", context.Add("Size", sum), 1));
        return context.Add("Div", sum, context.As(count, x.Type.Element));
    }
}
