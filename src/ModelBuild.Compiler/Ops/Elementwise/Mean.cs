using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = the sum of all inputs, from left to right, divided by their number. https://onnx.ai/onnx/operators/onnx__Mean.html
/// Versions: 1, 6 (no consumed_inputs), 8 (broadcasting), 13 (bfloat16).
/// </summary>
internal sealed class Mean : VariadicOp
{
    public override IReadOnlyList<int> Versions => [1, 6, 8, 13];

    protected override BinaryOperations Operations => new(new AddF32(), typeof(Add<>));

    protected override void Finish(LowerContext context)
    {
        if (context.Node.Inputs.Count > 1)
        {
            var y = context.Output;
            BinaryCalls.Emit(context, y, y.Type.Shape, Count(context, y.Type.Element), [], y, new BinaryOperations(new DivF32(), typeof(Div<>)));
        }
    }

    private static Value Count(LowerContext context, ElementType element)
    {
        var tensor = TensorNumbers.Scalar(context.Node.Inputs.Count, element);
        return context.Constant(tensor, "count", "the number of inputs");
    }
}
