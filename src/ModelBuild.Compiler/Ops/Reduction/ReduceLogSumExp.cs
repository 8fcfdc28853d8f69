using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The natural logarithm of the sum of e^x. https://onnx.ai/onnx/operators/onnx__ReduceLogSumExp.html
/// Versions: 1, 11 (negative axes), 13 (bfloat16), 18 (axes is an input).
/// </summary>
internal sealed class ReduceLogSumExp : ReduceOp
{
    protected override object FloatReduction => default(ReduceSumF32);

    // The largest value is taken out of the sum, which a reduction that sees each value once cannot do.
    protected override void EmitFloat(LowerContext context, Value x, Value y, Dim outer, Dim axis, Dim inner) =>
        context.Call(typeof(ReduceLogSumExpF32), nameof(ReduceLogSumExpF32.Run), x, y, outer, axis, inner);

    // The roots and logarithms of integers are those of 64-bit floats, rounded towards zero.
    protected override Value Define(FunctionContext context, Value x)
    {
        // The largest value is taken out of the sum where it is a number, so that nothing overflows.
        var wide = context.As(x, ElementType.Double);
        var largest = Along(context, "ReduceMax", wide, keeps: true);
        largest = context.Add("Where", context.Add("IsInf", largest), context.Number(0, largest), largest);
        var sum = Along(context, "ReduceSum", context.Add("Exp", context.Add("Sub", wide, largest)), keeps: true);
        var y = context.Add("Add", context.Add("Log", sum), largest);
        return context.As(context.Attributes.Flag("keepdims", true) ? y : Along(context, "ReduceMax", y, keeps: false), x.Type.Element);
    }
}
