using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = scale * (x - mean) / sqrt(variance + epsilon) + bias, mean and variance over the pixels of a group of channels of each image.
/// https://onnx.ai/onnx/operators/onnx__GroupNormalization.html
/// Versions: 18 (one scale per group; deprecated), 21 (one scale per channel). The statistics are 32-bit floats, and 64-bit ones of 64-bit
/// floats, whatever stash_type says.
/// </summary>
internal sealed class GroupNormalization : Op
{
    public override IReadOnlyList<int> Versions => [18, 21];

    /// <summary>64-bit floats are computed as the formula says.</summary>
    public override bool TryExpand(FunctionContext context)
    {
        var x = context.Require(0);
        if (x.Type.Element != ElementType.Double)
        {
            return false;
        }

        var groups = context.Add("Reshape", x, context.Constant(0, context.Attributes.Require<long>("num_groups"), -1));
        var (_, centred, inverse) = Centring.Define(context, groups, [2]);
        var y = context.Add("Mul", centred, inverse);
        Value Scaled(Value value, int rank) =>
            context.Add("Add", context.Add("Mul", value, context.AlongChannels(context.Require(1), rank)), context.AlongChannels(context.Require(2), rank));
        context.Output(0, context.Version < 21
            ? context.Add("Reshape", Scaled(y, 3), context.ShapeOf(x))
            : Scaled(context.Add("Reshape", y, context.ShapeOf(x)), x.Type.Rank));
        return true;
    }

    public override void Infer(InferContext context)
    {
        var (x, scale, bias) = (context.Type(0), context.Type(1), context.Type(2));
        var groups = context.Attributes.Require<long>("num_groups");
        var isFit = groups > 0 && x.Rank >= 2 && scale.Rank == 1 && bias.Rank == 1 && context.HasSize(0, 1, Dim.FloorDiv(x[1], groups) * groups);
        if (!isFit || !Enumerable.Range(1, 2).All(i => context.Version < 21 ? context.HasSize(i, 0, groups) : context.HasSize(i, 0, x[1])))
        {
            throw new OperatorException($"{groups} groups, a scale of {scale} and a bias of {bias} do not fit the channels of {x}");
        }

        context.Output(0, x);
    }

    public override void Lower(LowerContext context)
    {
        var shape = context.Input(0).Type.Shape;
        Dim groups = context.Attributes.Require<long>("num_groups");
        var (images, channels, pixels) = (shape[0], Dim.FloorDiv(shape[1], groups), KernelAxes.Extent(shape, 2, shape.Count));
        var epsilon = context.Attributes.Get("epsilon", 1e-5f);
        FloatArithmetic.Lower(context, [context.Input(0), context.Input(1), context.Input(2)], context.Output, (wide, y) =>
        {
            var (rows, length) = (images * groups, channels * pixels);
            var mean = context.Temporary(ElementType.Float, rows, "mean");
            var inverse = context.Temporary(ElementType.Float, rows, "factor");
            var squares = context.Temporary(ElementType.Float, rows * length, "squares");
            Centring.Emit(context, wide[0], mean, y, squares, inverse, rows, length, epsilon);
            Centring.EmitBroadcast(context, y, inverse, y, [rows, length], [rows, Dim.One], default(MulF32));
            IReadOnlyList<Dim> whole = [images, groups, channels, pixels];
            IReadOnlyList<Dim> factors = [Dim.One, groups, context.Node.Version < 21 ? Dim.One : channels, Dim.One];
            Centring.EmitBroadcast(context, y, wide[1], y, whole, factors, default(MulF32));
            Centring.EmitBroadcast(context, y, wide[2], y, whole, factors, default(AddF32));
        });
    }
}
