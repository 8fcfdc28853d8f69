using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The matrix by which a spectrum becomes mel bins: [length / 2 + 1, bins]. https://onnx.ai/onnx/operators/onnx__MelWeightMatrix.html
/// Versions: 17.
/// </summary>
internal sealed class MelWeightMatrix : Op
{
    private const string OutputType = "output_datatype";

    public override IReadOnlyList<int> Versions => [17];

    /// <summary>It is computed in 64 bits, whatever the types of the edges and of the result.</summary>
    public override bool TryExpand(FunctionContext context)
    {
        var (low, high) = (context.Require(3), context.Require(4));
        var result = (ElementType)context.Attributes.Get(OutputType, (long)ElementType.Float);
        if (low.Type.Element == ElementType.Double && high.Type.Element == ElementType.Double && result == ElementType.Double)
        {
            return false;
        }

        var matrix = context.Add(
            Name, Attributes.Of((OutputType, (long)ElementType.Double)), context.Require(0), context.Require(1), context.Require(2), context.As(low, ElementType.Double), context.As(high, ElementType.Double));
        context.Output(0, context.As(matrix, result));
        return true;
    }

    public override void Infer(InferContext context)
    {
        _ = context.RequireSizes(2);
        context.Output(ElementType.Double, Dim.FloorDiv(context.RequireSize(1), 2) + 1, context.RequireSize(0));
    }

    public override void Lower(LowerContext context)
    {
        var (length, rate) = (context.Input(1).Elements![0], context.Input(2).Elements![0]);
        var y = context.Output;
        context.Call(typeof(MelWeights), nameof(MelWeights.Run), y, y.Type[0], y.Type[1], length, rate, context.Input(3), context.Input(4));
    }
}
