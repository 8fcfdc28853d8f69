using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// A fully connected layer in integers whose input was quantized at run time: y = clamp((x - x_zero) * x_scale * w * scales + bias). Inputs: x u8 [..., K]; w s8
/// [K, N], constant; bias f32 [N], constant, optional; scales f32 [N], constant; x_scale f32 and x_zero u8, outputs of DynamicQuantizeLinear. Attributes min and max
/// are the bounds of the clamp.
/// </summary>
internal sealed class DenseDynamic : Op, IClampedOp
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context) =>
        context.Output(0, new TensorType(ElementType.Float, [.. context.Type(0).Shape.SkipLast(1), context.RequireConstant(1).Dims[1]]));

    public override void Lower(LowerContext context)
    {
        var x = context.Input(0);
        var w = context.Input(1).Constant!;
        var shape = new DenseShape((int)w.Dims[0], (int)w.Dims[1]);
        var weights = new sbyte[Kernels.DenseInt8.PackedLength(shape)];
        Kernels.DenseInt8.Pack(w.As<sbyte>(), weights, shape);
        var outputs = Kernels.DenseInt8.PackedOutputs(shape);
        var (sums, bias, scales) = (new int[outputs], new float[outputs], new float[outputs]);
        Kernels.DenseInt8.ColumnSums(w.As<sbyte>(), sums, shape);
        Kernels.DenseInt8.PackOutputs<float>(context.Input(3).Constant!.As<float>(), scales, shape);
        if (context.Node.Input(2)?.Constant is { } b)
        {
            Kernels.DenseInt8.PackOutputs<float>(b.As<float>(), bias, shape);
        }

        var rows = Dim.Product(x.Type.Shape.SkipLast(1));
        var (min, max) = Clamp.Of(context.Attributes);
        var constants = DynamicLayer.Constants(context, weights, sums, bias, scales, $"blocks of 4 x 16 of [{shape.Inputs},{shape.Outputs}]");
        context.Note = $"{shape.Inputs} -> {shape.Outputs}, {(long)shape.Inputs * shape.Outputs:N0} multiply-adds a row";
        context.Call(
            typeof(Kernels.DenseInt8), nameof(Kernels.DenseInt8.RunDynamic), x, constants.Weights, constants.Sums, constants.Bias, constants.Scales, context.Input(4), context.Input(5),
            DenseInt8.Scratch(context, rows, shape), context.Output, rows, shape, min, max);
    }
}
