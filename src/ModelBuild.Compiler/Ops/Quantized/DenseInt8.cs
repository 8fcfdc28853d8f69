using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// DequantizeLinear, Dense, and QuantizeLinear where the output is quantized, in integers. Inputs: x u8 [..., K]; w s8 [K, N], constant; bias f32 [N], constant,
/// optional; scales f32 [N], constant. Attributes: <see cref="LayerQuantization"/>.
/// </summary>
internal sealed class DenseInt8 : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context) =>
        context.Output(0, new TensorType(LayerQuantization.OutputType(context.Attributes), [.. context.Type(0).Shape.SkipLast(1), context.RequireConstant(1).Dims[1]]));

    public override void Lower(LowerContext context)
    {
        var x = context.Input(0);
        var w = context.Input(1).Constant!;
        var shape = new DenseShape((int)w.Dims[0], (int)w.Dims[1]);
        var layer = LayerQuantization.Of(context, shape.Outputs, output => Enumerable.Range(0, shape.Inputs).Sum(k => (int)w.As<sbyte>()[(k * shape.Outputs) + output]));

        var rows = Dim.Product(x.Type.Shape.SkipLast(1));
        var blocks = DenseSparseInt8.CountBlocks(w.As<sbyte>(), shape);
        var allBlocks = (DenseSparseInt8.PackedStarts(shape) - 1) * ((shape.Inputs + 3) / 4);
        context.Note = $"{shape.Inputs} -> {shape.Outputs}, {(long)shape.Inputs * shape.Outputs:N0} multiply-adds a row";
        if (SparseBlocks.Bytes.Pay(blocks, allBlocks, rows) && shape.Inputs <= 4 * ushort.MaxValue)
        {
            LowerBlocks(context, layer, rows, shape, blocks);
            return;
        }

        var weights = new sbyte[Kernels.DenseInt8.PackedLength(shape)];
        Kernels.DenseInt8.Pack(w.As<sbyte>(), weights, shape);
        var (bias, scales) = (new int[Kernels.DenseInt8.PackedOutputs(shape)], new float[Kernels.DenseInt8.PackedOutputs(shape)]);
        Kernels.DenseInt8.PackOutputs<int>(layer.Bias, bias, shape);
        Kernels.DenseInt8.PackOutputs<float>(layer.Scales, scales, shape);
        var constants = LayerQuantization.Constants(context, weights, bias, scales, $"blocks of 4 x 16 of [{shape.Inputs},{shape.Outputs}]");

        var scratch = Scratch(context, rows, shape);
        if (context.Output.Type.Element == ElementType.UInt8)
        {
            context.Call(
                typeof(Kernels.DenseInt8), nameof(Kernels.DenseInt8.Run), x, constants.Weights, constants.Bias, constants.Scales, scratch, context.Output, rows, shape, layer.Output);
        }
        else
        {
            var (min, max) = Clamp.Of(context.Attributes);
            context.Call(
                typeof(Kernels.DenseInt8), nameof(Kernels.DenseInt8.RunToF32), x, constants.Weights, constants.Bias, constants.Scales, scratch, context.Output, rows, shape, min, max);
        }
    }

    /// <summary>The scratch buffer of the kernel.</summary>
    public static Value Scratch(LowerContext context, Dim rows, DenseShape shape) =>
        context.Temporary(ElementType.UInt8, rows.IsConstant ? Kernels.DenseInt8.ScratchLength(rows.Constant, shape) : ((rows * shape.Inputs) + TileInt8.SlackInputs) * sizeof(short), "scratch");

    // Pruned weights, without the blocks of four inputs by sixteen outputs that are all zero.
    private static void LowerBlocks(LowerContext context, LayerQuantization layer, Dim rows, DenseShape shape, int blocks)
    {
        const int BlockWeights = 4 * 16;
        var w = context.Input(1).Constant!;
        var (weights, indices, starts) = (new sbyte[blocks * BlockWeights], new ushort[blocks], new int[DenseSparseInt8.PackedStarts(shape)]);
        DenseSparseInt8.Pack(w.As<sbyte>(), weights, indices, starts, shape);
        var (bias, scales) = (new int[DenseSparseInt8.PackedOutputs(shape)], new float[DenseSparseInt8.PackedOutputs(shape)]);
        layer.Bias.CopyTo(bias, 0);
        layer.Scales.CopyTo(scales, 0);
        var constants = LayerQuantization.Constants(context, weights, bias, scales, $"blocks of 4 x 16 of [{shape.Inputs},{shape.Outputs}]");
        var index = context.Constant(Tensor.Of<ushort>(indices, indices.Length), "index", "the first input of each block, over 4");
        var start = context.Constant(Tensor.Of<int>(starts, starts.Length), "start", "the first block of each 16 outputs");
        context.Note += $", {blocks:N0} blocks";
        if (context.Output.Type.Element == ElementType.UInt8)
        {
            context.Call(
                typeof(DenseSparseInt8), nameof(DenseSparseInt8.Run), context.Input(0), constants.Weights, index, start, constants.Bias, constants.Scales, context.Output, rows, shape, layer.Output);
        }
        else
        {
            var (min, max) = Clamp.Of(context.Attributes);
            context.Call(
                typeof(DenseSparseInt8), nameof(DenseSparseInt8.RunToF32), context.Input(0), constants.Weights, index, start, constants.Bias, constants.Scales, context.Output, rows, shape, min, max);
        }
    }
}
