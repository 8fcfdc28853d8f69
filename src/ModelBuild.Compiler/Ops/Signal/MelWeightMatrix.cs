using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The matrix by which a spectrum becomes mel bins. https://onnx.ai/onnx/operators/onnx__MelWeightMatrix.html
/// Versions: 17.
/// </summary>
internal sealed class MelWeightMatrix : Op
{
    public override IReadOnlyList<int> Versions => [17];

    public override void Infer(InferContext context)
    {
        _ = context.RequireSizes(2);
        context.Output((ElementType)context.Attributes.Get("output_datatype", 1L), Dim.FloorDiv(context.RequireSizes(1)[0], 2) + 1, context.RequireSizes(0)[0]);
    }

    public override void Lower(LowerContext context)
    {
        var (length, rate) = (context.Input(1).Elements![0], context.Input(2).Elements![0]);
        void Emit(Value y) => context.Call(typeof(MelWeights), nameof(MelWeights.Run), y, y.Type[0], y.Type[1], length, rate, context.Input(3), context.Input(4));
        if (context.Output.Type.Element is ElementType.Float16 or ElementType.BFloat16)
        {
            FloatArithmetic.Lower(context, [], context.Output, (_, y) => Emit(y));
            return;
        }

        Emit(context.Output);
    }
}
