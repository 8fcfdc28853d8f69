using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Channels become blocks of pixels: [N, C, H, W] to [N, C / b^2, H * b, W * b]. Mode DCR takes the channel as (row, column, channel), CRD as (channel, row, column).
/// https://onnx.ai/onnx/operators/onnx__DepthToSpace.html
/// Versions: 1, 11 (mode), 13 (bfloat16).
/// </summary>
internal sealed class DepthToSpace : Op
{
    public override IReadOnlyList<int> Versions => [1, 11, 13];

    public override void Infer(InferContext context)
    {
        var (x, block) = (context.Type(0), context.Attributes.Require<long>("blocksize"));
        if (x.Rank != 4 || block < 1 || (x[1].IsConstant && x[1].Constant % (block * block) != 0))
        {
            throw new OperatorException(Misfit(x, block));
        }

        context.Output(x.Element, x[0], Dim.FloorDiv(x[1], block * block), x[2] * block, x[3] * block);
    }

    public override void Lower(LowerContext context)
    {
        var (x, y) = (context.Input(0), context.Output);
        Dim block = context.Attributes.Require<long>("blocksize");
        var (channels, height, width) = (y.Type[1], x.Type[2], x.Type[3]);
        context.RequireZero(x.Type[1] - (channels * block * block), Misfit(x.Type, block.Constant));
        switch (context.Attributes.Get("mode", "DCR"))
        {
            case "DCR":
                Transpose.Emit(context, x, [x.Type[0], block, block, channels, height, width], [0, 3, 4, 1, 5, 2], y);
                break;
            case "CRD":
                Transpose.Emit(context, x, [x.Type[0], channels, block, block, height, width], [0, 1, 4, 2, 5, 3], y);
                break;
            case var other:
                throw new OperatorException($"mode=\"{other}\" is neither \"DCR\" nor \"CRD\"");
        }
    }

    private static string Misfit(TensorType x, long block) => $"the channels of {x} do not divide into blocks of {block} by {block}";
}
