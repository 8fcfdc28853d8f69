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

        var weights = new sbyte[Kernels.DenseInt8.PackedLength(shape)];
        Kernels.DenseInt8.Pack(w.As<sbyte>(), weights, shape);
        var (bias, scales) = (new int[Kernels.DenseInt8.PackedOutputs(shape)], new float[Kernels.DenseInt8.PackedOutputs(shape)]);
        Kernels.DenseInt8.PackOutputs<int>(layer.Bias, bias, shape);
        Kernels.DenseInt8.PackOutputs<float>(layer.Scales, scales, shape);
        var constants = LayerQuantization.Constants(context, weights, bias, scales, $"blocks of 4 x 16 of [{shape.Inputs},{shape.Outputs}]");

        var rows = Dim.Product(x.Type.Shape.SkipLast(1));
        context.Note = $"{shape.Inputs} -> {shape.Outputs}, {(long)shape.Inputs * shape.Outputs:N0} multiply-adds a row";
        if (context.Output.Type.Element == ElementType.UInt8)
        {
            context.Call(typeof(Kernels.DenseInt8), nameof(Kernels.DenseInt8.Run), x, constants.Weights, constants.Bias, constants.Scales, context.Output, rows, shape, layer.Output);
        }
        else
        {
            var (min, max) = Clamp.Of(context.Attributes);
            context.Call(typeof(Kernels.DenseInt8), nameof(Kernels.DenseInt8.RunToF32), x, constants.Weights, constants.Bias, constants.Scales, context.Output, rows, shape, min, max);
        }
    }
}
