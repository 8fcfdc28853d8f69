using System;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Ops;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Export;

/// <summary>
/// The steps of one direction of a recurrent layer as a layer of ONNX with this direction alone. Where the products of the inputs with the weights are of floats, the layer
/// takes them in, weights and bias. Where they are of integers they stay, and the layer's weights are the unit matrix, which changes nothing.
/// </summary>
internal static class RecurrentForms
{
    // The operands of the steps behind the recurrent weights, by the inputs of the layer: 3 biases, 4 lengths, 5 state, 6 cell, 7 peepholes.
    public static bool Lstm(FormContext f) => Write(f, new LSTM(), 4, 2, null, 4, 2, 3, 5);

    public static bool Gru(FormContext f) => Write(f, new GRU(), 3, 1, 2, 4, 3);

    public static bool Rnn(FormContext f) => Write(f, new RNN(), 1, 1, null, 3, 2);

    private static bool Write(FormContext f, RecurrentOp layer, int gates, int states, int? recurrentBias, int lengths, params int[] perDirection)
    {
        var (products, recurrence) = (f.Node.Inputs[0]!, f.Node.Inputs[1]!);
        if (!recurrence.Type[1].IsConstant)
        {
            return false;
        }

        var hidden = recurrence.Type[1].Constant;
        Value? InDirection(Value? value) => value is null ? null : f.Add("Unsqueeze", value, FormContext.Constant(0));
        var (x, weights, bias) = Products(f) ?? (products, Unit(f, hidden * gates, products.Type.Element), null);
        var ofH = recurrentBias is { } input ? f.Node.Input(input) : null;
        Value?[] parts = [bias ?? Zeros(hidden * gates, products), Zeros((ofH is null ? gates : gates - 1) * hidden, products), .. ofH is null ? [] : new[] { ofH }];
        var biases = bias is null && ofH is null ? null : f.Add("Concat", Attributes.Of(("axis", 0)), parts);
        var (steps, batch, element) = (products.Type[0], products.Type[1], products.Type.Element);
        var state = TensorType.Of(element, 1, batch, hidden);
        Value?[] inputs =
        [
            x, InDirection(weights), InDirection(recurrence), InDirection(biases), f.Node.Input(lengths), .. perDirection.Select(operand => InDirection(f.Node.Input(operand))),
        ];
        var outputs = f.Add(
            layer, AttributesOf(f.Node.Attributes, layer, hidden), inputs,
            [f.Wants(0) ? TensorType.Of(element, steps, 1, batch, hidden) : null, .. Enumerable.Range(1, states).Select(i => f.Wants(i) ? state : null)]);
        foreach (var (i, output) in outputs.Index().Where(pair => pair.Item is not null))
        {
            f.Output(i, f.Add("Squeeze", output, FormContext.Constant(i == 0 ? 1 : 0)));
        }

        return true;
    }

    // The inputs, the weights as the layer has them, [gates * hidden, inputs], and the bias.
    private static (Value X, Value Weights, Value? Bias)? Products(FormContext f)
    {
        var (node, value, bias) = (f.Node, f.Node.Inputs[0]!, (Value?)null);
        if (f.Graph.ProducerOf(value) is { } add && add.Is("Add") && f.Graph.OnlyConsumerOf(value) == node && add.Inputs[1] is { IsConstant: true, Type.Rank: 1 } && add.Inputs[1]!.Type.Equals(BiasType(node)))
        {
            (node, value, bias) = (add, add.Inputs[0]!, add.Inputs[1]);
        }

        if (f.Graph.ProducerOf(value) is not { } product || !product.Is("MatMul") || f.Graph.OnlyConsumerOf(value) != node || product.Inputs is not [{ Type.Rank: 3 } x, { Type.Rank: 2 } weights])
        {
            return null;
        }

        // Narrow weights are widened: the same as floats when the file is read.
        var isConstant = weights.IsConstant || (f.Graph.ProducerOf(weights) is { } cast && cast.Is("Cast") && cast.Inputs[0]!.IsConstant);
        return isConstant ? (x, f.Add("Transpose", Attributes.Of(("perm", (long[])[1, 0])), weights), bias) : null;
    }

    private static TensorType BiasType(Node node) => TensorType.Of(node.Inputs[0]!.Type.Element, node.Inputs[1]!.Type[0]);

    // Made by the file's reader, since it may be large.
    private static Value Unit(FormContext f, long size, ElementType element)
    {
        var zeros = f.Add(OpRegistry.Get("ConstantOfShape"), Attributes.None, [FormContext.Constant(size, size)], TensorType.Of(ElementType.Float, size, size))[0];
        return f.Add(OpRegistry.Get("EyeLike"), Attributes.Of(("dtype", (long)element)), [zeros], TensorType.Of(element, size, size))[0]!;
    }

    private static Value Zeros(long length, Value like) =>
        FormContext.Constant(new Tensor(like.Type.Element, [length], new byte[length * like.Type.Element.SizeInBytes()]));

    private static Attributes AttributesOf(Attributes steps, RecurrentOp layer, long hidden)
    {
        RecurrentFunction[] functions = [.. steps.Require<long[]>("functions").Select(function => (RecurrentFunction)function)];
        var attributes = Attributes.Of(("hidden_size", hidden), ("direction", steps.Flag("reverse") ? "reverse" : "forward"));
        attributes = steps.Get("clip", float.PositiveInfinity) is var clip && float.IsFinite(clip) ? attributes.With("clip", clip) : attributes;
        if (!functions.SequenceEqual(layer.Defaults))
        {
            attributes = attributes.With("activations", functions.Select(function => function.ToString()).ToArray());
            attributes = WithParameters(attributes, "activation_alpha", functions, steps.Require<float[]>("alphas"), RecurrentOp.Alpha);
            attributes = WithParameters(attributes, "activation_beta", functions, steps.Require<float[]>("betas"), RecurrentOp.Beta);
        }

        foreach (var flag in new[] { "linear_before_reset", "input_forget" }.Where(flag => steps.Flag(flag)))
        {
            attributes = attributes.With(flag, 1);
        }

        return attributes;
    }

    // Listed for those functions alone that take one.
    private static Attributes WithParameters(Attributes attributes, string name, RecurrentFunction[] functions, float[] values, Func<RecurrentFunction, float?> standard)
    {
        float[] taken = [.. values.Where((_, i) => standard(functions[i]) is not null)];
        return taken.Length == 0 ? attributes : attributes.With(name, taken);
    }
}
