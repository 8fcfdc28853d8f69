using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Passes;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// A fully connected layer: y = clamp(x * w + bias + residual). Inputs: x [..., K]; w [K, N], constant; bias [N], constant, optional; residual, of y's shape,
/// optional; scales [N], constant, where w is of 8-bit integers. Attributes min and max are the bounds of the clamp. All dimensions of x but the last count as rows.
/// </summary>
internal sealed class Dense : Op, IClampedOp
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context)
    {
        var (x, w) = (context.Type(0), context.RequireConstant(1));
        if (x.Rank == 0 || w.Dims.Count != 2 || !x[-1].Equals((Dim)w.Dims[0]))
        {
            throw new OperatorException($"{x} cannot be multiplied by {w.TensorType}");
        }

        context.Output(0, new TensorType(x.Element, [.. x.Shape.SkipLast(1), w.Dims[1]]));
    }

    public override void Lower(LowerContext context)
    {
        var (x, w) = (context.Input(0), context.Input(1).Constant!);
        if (x.Type.Element != ElementType.Float)
        {
            throw OperatorException.Unsupported($"a matrix product of {x.Type.Element.ShortName()} is not supported");
        }

        var shape = new DenseShape((int)w.Dims[0], (int)w.Dims[1]);
        var matrix = LayerConstants.ToFloat(w, context.Node.Input(4)?.Constant, outputAxis: 1);
        var rows = Dim.Product(x.Type.Shape.SkipLast(1));
        context.Note = $"{shape.Inputs} -> {shape.Outputs}, {(long)shape.Inputs * shape.Outputs:N0} multiply-adds a row";
        if (shape.Inputs <= ushort.MaxValue + 1 && context.Node.Input(3) is null
            && SparseBlocks.Floats.Pay(DenseSparseF32.CountBlocks(matrix.As<float>(), shape), (DenseSparseF32.PackedStarts(shape) - 1) * shape.Inputs, rows))
        {
            LowerBlocks(context, matrix, rows, shape);
            return;
        }

        var bias = new float[DenseF32.PackedBiasLength(shape)];
        DenseF32.PackBias(context.Node.Input(2)?.Constant is { } b ? b.As<float>() : [], shape, bias);

        var (min, max) = Clamp.Of(context.Attributes);
        var packed = ScaledWeights.Panels(
            context, w, context.Node.Input(4)?.Constant, outputAxis: 1,
            (DenseF32.PackedLength(shape), (values, packed) => DenseF32.Pack(values, shape, packed)),
            (DenseF32.PackedBiasLength(shape), (values, packed) => DenseF32.PackBias(values, shape, packed)), groups: 1, $"panels of [{shape.Inputs},{shape.Outputs}]");
        var packedBias = context.Constant(Tensor.Of<float>(bias, bias.Length), "bias", string.Empty);
        if (context.Node.Input(3) is { } residual)
        {
            context.Call(typeof(DenseF32), nameof(DenseF32.RunResidual), x, packed, packedBias, residual, context.Output, rows, shape, min, max);
        }
        else
        {
            context.Call(typeof(DenseF32), nameof(DenseF32.Run), x, packed, packedBias, context.Output, rows, shape, min, max);
        }
    }

    // Pruned weights, without the blocks of one input by sixteen outputs that are all zero.
    private static void LowerBlocks(LowerContext context, Tensor matrix, Dim rows, DenseShape shape)
    {
        var blocks = DenseSparseF32.CountBlocks(matrix.As<float>(), shape);
        var outputs = DenseSparseF32.PackedOutputs(shape);
        var (weights, indices, starts, bias) = (new float[blocks * (outputs / (DenseSparseF32.PackedStarts(shape) - 1))], new ushort[blocks], new int[DenseSparseF32.PackedStarts(shape)], new float[outputs]);
        DenseSparseF32.Pack(matrix.As<float>(), weights, indices, starts, shape);
        if (context.Node.Input(2)?.Constant is { } b)
        {
            b.As<float>().CopyTo(bias);
        }

        var (min, max) = Clamp.Of(context.Attributes);
        context.Note += $", {100.0 * weights.Length / (outputs * (long)shape.Inputs):F0} % of the blocks";
        context.Call(
            typeof(DenseSparseF32),
            nameof(DenseSparseF32.Run),
            context.Input(0),
            context.Constant(Tensor.Of<float>(weights, weights.Length), "weight", $"blocks of 1 x 16 of [{shape.Inputs},{shape.Outputs}]"),
            context.Constant(Tensor.Of<ushort>(indices, indices.Length), "index", "the input of each block"),
            context.Constant(Tensor.Of<int>(starts, starts.Length), "start", "the first block of each 16 outputs"),
            context.Constant(Tensor.Of<float>(bias, bias.Length), "bias", string.Empty),
            context.Output,
            rows,
            shape,
            min,
            max);
    }
}
