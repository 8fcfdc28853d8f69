using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = (x - mean) / sqrt(var + epsilon) * scale + B, per channel (axis 1), with the mean and variance of the training or, in training, of the batch.
/// https://onnx.ai/onnx/operators/onnx__BatchNormalization.html
/// Versions: 1 and 6 (is_test, spatial), 7 (spatial), 9, 14 (training_mode), 15 (types of their own for the parameters). Before version 14 training is where the
/// statistics are asked for, whatever is_test says. With constant parameters, FuseAffine and ExpandBatchNormalization replace it in inference; in every
/// other case it is what the formulas say. A vector has one channel.
/// </summary>
internal sealed class BatchNormalization : Op
{
    public override IReadOnlyList<int> Versions => [1, 6, 7, 9, 14, 15];

    public override bool TryExpand(FunctionContext context)
    {
        var (x, inputs) = (context.Require(0), Enumerable.Range(1, 4).Select(context.Require).ToArray());
        var isTraining = context.Version < 14 ? context.OutputCount > 1 : context.Attributes.Flag("training_mode");
        var isSpatial = context.Version >= 9 || context.Attributes.Flag("spatial", true);
        var isPlain = !isTraining && isSpatial && x.Type.Rank > 1 && x.Type.Element != ElementType.Double && inputs.All(input => input.IsConstant && input.Type.Element == x.Type.Element);
        if (isPlain)
        {
            return false;
        }

        // 16-bit floats are widened until the results.
        var type = inputs.Append(x).Any(input => input.Type.Element == ElementType.Double) ? ElementType.Double : ElementType.Float;
        var wide = context.As(x, type);
        Value[] parameters = [.. inputs.Select(input => context.As(input, type))];
        if (x.Type.Rank == 1)
        {
            // One channel: samples of one number each.
            var samples = context.Again(this, [context.Add("Unsqueeze", x, context.Constant([1L])), .. inputs]);
            foreach (var (i, output) in samples.Index().Where(pair => pair.Item is not null))
            {
                context.Output(i, i == 0 ? context.Add("Squeeze", output!, context.Constant([1L])) : output!);
            }

            return true;
        }

        Value Placed(Value value) => isSpatial ? context.AlongChannels(value, x.Type.Rank) : value;
        var (mean, variance) = (parameters[2], parameters[3]);
        if (isTraining)
        {
            long[] axes = [0, .. isSpatial ? Centring.Axes(2, x.Type.Rank) : []];
            Value Mean(Value value) => context.Add("ReduceMean", Attributes.Of(("keepdims", 0)), value, context.Constant(axes));
            mean = Mean(wide);
            var centred = context.Add("Sub", wide, Placed(mean));
            variance = Mean(context.Add("Mul", centred, centred));
            var momentum = context.Attributes.Get("momentum", 0.9f);
            Value Running(Value before, Value now) => context.Add("Add", context.Add("Mul", before, momentum), context.Add("Mul", now, 1 - (double)momentum));
            context.Output(1, context.As(Running(parameters[2], mean), inputs[2].Type.Element));
            context.Output(2, context.As(Running(parameters[3], variance), inputs[3].Type.Element));
            context.Output(3, context.As(mean, inputs[2].Type.Element));
            context.Output(4, context.As(variance, inputs[3].Type.Element));
        }

        var factor = context.Add("Div", parameters[0], context.Add("Sqrt", context.Add("Add", variance, context.Attributes.Get("epsilon", 1e-5f))));
        var y = context.Add("Add", context.Add("Mul", context.Add("Sub", wide, Placed(mean)), Placed(factor)), Placed(parameters[1]));
        context.Output(0, context.As(y, x.Type.Element));
        return true;
    }

    public override void Infer(InferContext context)
    {
        var x = context.Type(0);
        foreach (var i in Enumerable.Range(1, 4))
        {
            if (x.Rank < 2 || context.Type(i).Rank != 1 || !context.HaveSameSize(0, 1, i, 0))
            {
                throw new OperatorException($"input {i}, {context.Type(i)}, is not one value for each channel of {x}");
            }
        }

        context.Output(0, x);
    }

    public override void Lower(LowerContext context) =>
        throw OperatorException.Unsupported($"batch normalization of {context.Output.Type.Element.ShortName()} within another node is not supported");
}
