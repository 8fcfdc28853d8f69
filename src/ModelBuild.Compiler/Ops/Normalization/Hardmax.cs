using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// 1 at the first largest value along an axis and 0 elsewhere. https://onnx.ai/onnx/operators/onnx__Hardmax.html
/// Versions: 1, 11 (negative axes), 13 (one axis rather than all from it on; bfloat16).
/// </summary>
internal sealed class Hardmax : SoftmaxOp
{
    protected override void Emit(LowerContext context, Value x, Value y, Dim outer, Dim axis, Dim inner)
    {
        var largest = context.Temporary(ElementType.Int64, outer * inner, "largest");
        context.Call(typeof(Kernels.ArgMax), nameof(Kernels.ArgMax.Run), x, largest, outer, axis, inner, false);
        context.Call(typeof(Kernels.OneHot), nameof(Kernels.OneHot.Run), largest, y, outer, axis, inner, context.Constant(y.Type.Element == ElementType.Double ? Tensor.Of<double>([0, 1], 2) : Tensor.Of<float>([0, 1], 2), "values", string.Empty));
    }

    protected override Value? Define(FunctionContext context, Value x, long axis) => null;
}
