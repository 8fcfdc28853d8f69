using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Blocks of pixels become channels, (row, column, channel): [N, C, H, W] to [N, C * b^2, H / b, W / b].
/// https://onnx.ai/onnx/operators/onnx__SpaceToDepth.html
/// Versions: 1, 13 (bfloat16).
/// </summary>
internal sealed class SpaceToDepth : Op
{
    public override IReadOnlyList<int> Versions => [1, 13];

    public override void Infer(InferContext context)
    {
        var (x, block) = (context.Type(0), context.Attributes.Require<long>("blocksize"));
        if (x.Rank != 4 || block < 1 || x.Shape.Skip(2).Any(size => size.IsConstant && size.Constant % block != 0))
        {
            throw new OperatorException(Misfit(x, block));
        }

        context.Output(x.Element, x[0], x[1] * (block * block), Dim.FloorDiv(x[2], block), Dim.FloorDiv(x[3], block));
    }

    public override void Lower(LowerContext context)
    {
        var (x, y) = (context.Input(0), context.Output);
        Dim block = context.Attributes.Require<long>("blocksize");
        context.RequireZero(x.Type[2] - (y.Type[2] * block), Misfit(x.Type, block.Constant));
        context.RequireZero(x.Type[3] - (y.Type[3] * block), Misfit(x.Type, block.Constant));
        Transpose.Emit(context, x, [x.Type[0], x.Type[1], y.Type[2], block, y.Type[3], block], [0, 3, 5, 1, 2, 4], y);
    }

    private static string Misfit(TensorType x, long block) => $"{x} does not divide into blocks of {block} by {block}";
}
