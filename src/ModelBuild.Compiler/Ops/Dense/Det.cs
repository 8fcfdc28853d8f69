using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The determinants of matrices. https://onnx.ai/onnx/operators/onnx__Det.html
/// Versions: 11, 22 (bfloat16).
/// </summary>
internal sealed class Det : Op
{
    public override IReadOnlyList<int> Versions => [11, 22];

    public override void Infer(InferContext context)
    {
        var x = context.Type(0);
        context.Output(0, x.Rank >= 2 && context.HasSize(0, -1, x[-2]) ? x.With([.. x.Shape.Take(x.Rank - 2)]) : throw new OperatorException($"{x} is no square matrix"));
    }

    public override void Lower(LowerContext context)
    {
        var shape = context.Input(0).Type.Shape;
        void Emit(Value x, Value y) => context.Call(
            typeof(Determinant), nameof(Determinant.Run), x, context.Temporary(ElementType.Double, shape[^1] * shape[^1], "scratch"), y, KernelAxes.Extent(shape, 0, shape.Count - 2), shape[^1]);
        if (context.Output.Type.Element is ElementType.Float16 or ElementType.BFloat16)
        {
            FloatArithmetic.Lower(context, [context.Input(0)], context.Output, (wide, y) => Emit(wide[0], y));
            return;
        }

        Emit(context.Input(0), context.Output);
    }
}
