using System;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Passes;

/// <summary>
/// What exporters write as several nodes becomes the function that it is: Swish, HardSwish, Gelu (approximated by tanh, too) and LayerNormalization, by their formulas. One pass over the data
/// takes the place of several, and rounds fewer times.
/// </summary>
internal sealed class FuseFunctions : Pass
{
    // Exporters round 1/6 and the square root of 2.
    private const float Near = 1e-4f;

    public override Graph Run(Graph graph)
    {
        var editor = new GraphEditor(graph);
        foreach (var node in graph.Nodes.Where(node => node.Outputs.Count == 1 && node.Output.Type.Element == ElementType.Float))
        {
            if (Function(graph, node) is var (op, inputs, attributes) && inputs[0].Type.Equals(node.Output.Type))
            {
                editor.Replace([node], [GraphEditor.NodeFor(node.Output, op, inputs, attributes, [node])], node.Output);
            }
        }

        return editor.ToGraph();
    }

    private static (string Op, Value[] Inputs, Attributes Attributes)? Function(Graph graph, Node node) =>
        Gate(graph, node) is { } gate ? gate
            : Gelu(graph, node, IsErrorTerm) is { } x ? ("Gelu", [x], Attributes.None)
            : Gelu(graph, node, IsTanhTerm) is { } approximated ? ("Gelu", [approximated], Attributes.Of(("approximate", "tanh")))
            : LayerNormalization(graph, node);

    // x * sigmoid(x); x * min(max(x / 6 + 1/2, 0), 1), which is also x * min(max(x + 3, 0), 6) / 6.
    private static (string Op, Value[] Inputs, Attributes Attributes)? Gate(Graph graph, Node node)
    {
        if (Scaled(graph, node.Output, 1f / 6) is { } product && Factors(graph, product, (x, other) => Ramp(graph, other) == x) is { } ramped)
        {
            return ("HardSwish", [ramped], Attributes.None);
        }

        return Factors(graph, node.Output, (x, other) => Scaled(graph, other, 1f / 6) is { } ramp && Ramp(graph, ramp) == x) is { } hard ? ("HardSwish", [hard], Attributes.None)
            : Factors(graph, node.Output, (x, other) => IsHardSigmoid(graph.ProducerOf(other), x)) is { } gated ? ("HardSwish", [gated], Attributes.None)
            : Factors(graph, node.Output, (x, other) => graph.ProducerOf(other) is { } sigmoid && sigmoid.Is("Sigmoid") && sigmoid.Inputs[0] == x) is { } swish ? ("Swish", [swish], Attributes.None)
            : null;
    }

    private static bool IsHardSigmoid(Node? node, Value x) =>
        node is not null && node.Is("HardSigmoid") && node.Inputs[0] == x && IsNear(node.Attributes.Get("alpha", 0.2f), 1f / 6) && IsNear(node.Attributes.Get("beta", 0.5f), 0.5f);

    // The x of min(max(x + 3, 0), 6).
    private static Value? Ramp(Graph graph, Value value) =>
        graph.ProducerOf(value) is { } clip && FuseActivation.Bounds(clip) is (0, 6) ? Shifted(graph, clip.Inputs[0]!, 3) : null;

    // x / 2 * (1 + a term), the half standing anywhere.
    private static Value? Gelu(Graph graph, Node node, Func<Graph, Value, Value, bool> isTerm)
    {
        if (!node.Is("Mul"))
        {
            return null;
        }

        bool IsSum(Value x, Value other) => Shifted(graph, other, 1) is { } term && isTerm(graph, x, term);
        if (Scaled(graph, node.Output, 0.5f) is { } whole)
        {
            return Factors(graph, whole, IsSum);
        }

        // The half on either factor.
        return Factors(graph, node.Output, (half, other) => Scaled(graph, half, 0.5f) is { } x && IsSum(x, other)) is { } scaled ? Scaled(graph, scaled, 0.5f)
            : Factors(graph, node.Output, (x, other) => Scaled(graph, other, 0.5f) is { } sum && IsSum(x, sum));
    }

    // erf(x / sqrt(2))
    private static bool IsErrorTerm(Graph graph, Value x, Value term) => graph.ProducerOf(term) is { } erf && erf.Is("Erf") && Scaled(graph, erf.Inputs[0]!, 0.70710678f) == x;

    // tanh(sqrt(2 / pi) * (x + 0.044715 * x^3))
    private static bool IsTanhTerm(Graph graph, Value x, Value term)
    {
        bool IsCubic(Value a, Value b) => a == x && IsCube(graph, x, b);
        return graph.ProducerOf(term) is { } tanh && tanh.Is("Tanh") && Scaled(graph, tanh.Inputs[0]!, 0.7978846f) is { } inner && graph.ProducerOf(inner) is { } add && add.Is("Add")
            && (IsCubic(add.Inputs[0]!, add.Inputs[1]!) || IsCubic(add.Inputs[1]!, add.Inputs[0]!));
    }

    // 0.044715 * x^3, the factor standing anywhere.
    private static bool IsCube(Graph graph, Value x, Value value)
    {
        const float Factor = 0.044715f;
        bool IsPower(Value power) => graph.ProducerOf(power) is { } node && node.Is("Pow") && node.Inputs[0] == x && node.Inputs[1]!.Constant is { Type: ElementType.Float, Length: 1 } exponent && exponent.As<float>()[0] == 3;
        bool IsProduct(Value product, Func<Value, bool> first, Func<Value, bool> second) => graph.ProducerOf(product) is { } node && node.Is("Mul")
            && ((first(node.Inputs[0]!) && second(node.Inputs[1]!)) || (first(node.Inputs[1]!) && second(node.Inputs[0]!)));
        bool IsX(Value other) => other == x;
        bool IsSquareOfX(Value square) => graph.ProducerOf(square) is { } node && node.Inputs[0] == x && IsSquare(node);
        bool IsWhole(Value cube) => IsPower(cube) || IsProduct(cube, IsX, IsSquareOfX);
        bool IsScaled(Value other, Func<Value, bool> condition) => Scaled(graph, other, Factor) is { } scaled && condition(scaled);
        return IsScaled(value, IsWhole) || IsProduct(value, IsX, other => IsScaled(other, IsSquareOfX) || IsProduct(other, IsX, scaled => IsScaled(scaled, IsX)))
            || IsProduct(value, IsSquareOfX, other => IsScaled(other, IsX));
    }

    // (x - mean) / sqrt(mean of (x - mean)^2 + epsilon) * scale + bias, along the last axis.
    private static (string Op, Value[] Inputs, Attributes Attributes)? LayerNormalization(Graph graph, Node node)
    {
        if (!node.Is("Add") || Constant(node) is not (var scaled, { } bias) || graph.ProducerOf(scaled) is not { } mul || !mul.Is("Mul")
            || Constant(mul) is not (var quotient, { } scale) || graph.ProducerOf(quotient) is not { } div || !div.Is("Div")
            || graph.ProducerOf(div.Inputs[0]) is not { } sub || Centred(graph, sub) is not { } x
            || graph.ProducerOf(div.Inputs[1]) is not { } sqrt || !sqrt.Is("Sqrt")
            || graph.ProducerOf(sqrt.Inputs[0]) is not { } add || !add.Is("Add") || Constant(add) is not (var variance, { Constant.Length: 1 } epsilon)
            || graph.ProducerOf(variance) is not { } mean || !IsMeanOfLast(mean) || graph.ProducerOf(mean.Inputs[0]) is not { } square
            || !IsSquare(square) || Centred(graph, graph.ProducerOf(square.Inputs[0])) != x)
        {
            return null;
        }

        var size = x.Type[-1];
        bool IsRow(Value value) => value.Constant is { Dims.Count: 1 } constant && size.Equals(constant.Length);
        return IsRow(scale) && IsRow(bias)
            ? ("LayerNormalization", [x, scale, bias], Attributes.Of(("axis", -1), ("epsilon", epsilon.Constant!.As<float>()[0])))
            : null;
    }

    private static bool IsSquare(Node node) =>
        (node.Is("Pow") && node.Input(1)?.Constant is { Type: ElementType.Float, Length: 1 } power && power.As<float>()[0] == 2) || (node.Is("Mul") && node.Inputs[0] == node.Inputs[1]);

    private static Value? Centred(Graph graph, Node? node) =>
        node is not null && node.Is("Sub") && graph.ProducerOf(node.Inputs[1]) is { } mean && IsMeanOfLast(mean) && mean.Inputs[0] == node.Inputs[0] ? node.Inputs[0] : null;

    private static bool IsMeanOfLast(Node node) =>
        node.Is("ReduceMean") && node.Attributes.Flag("keepdims", true) && (node.Attributes.Ints("axes") ?? node.Input(1)?.Constant?.ToInt64()) is [var axis]
        && Ops.InferContext.Axis(axis, node.Inputs[0]!.Type.Rank) == node.Inputs[0]!.Type.Rank - 1;

    // The x for which the value is x * factor, in one node.
    private static Value? Scaled(Graph graph, Value value, float factor) => graph.ProducerOf(value) switch
    {
        { } node when node.Is("Mul") && Constant(node) is (var x, { Constant: { Length: 1 } by }) && IsNear(by.As<float>()[0], factor) => x,
        { } node when node.Is("Div") && node.Inputs[1]!.Constant is { Length: 1 } by && IsNear(1 / by.As<float>()[0], factor) => node.Inputs[0],
        _ => null,
    };

    private static Value? Shifted(Graph graph, Value value, float by) =>
        graph.ProducerOf(value) is { } node && node.Is("Add") && Constant(node) is (var x, { Constant: { Length: 1 } added }) && IsNear(added.As<float>()[0], by) ? x : null;

    // The factor of a product for which the two in this order fulfil a condition.
    private static Value? Factors(Graph graph, Value product, Func<Value, Value, bool> condition) =>
        graph.ProducerOf(product) is not { } node || !node.Is("Mul") || node.Inputs.Any(input => input!.IsConstant) ? null
        : condition(node.Inputs[0]!, node.Inputs[1]!) ? node.Inputs[0]
        : condition(node.Inputs[1]!, node.Inputs[0]!) ? node.Inputs[1]
        : null;

    // The operand that is computed, and the one that is constant.
    private static (Value Computed, Value Constant)? Constant(Node node) =>
        node.Inputs[1]!.IsConstant ? (node.Inputs[0]!, node.Inputs[1]!) : node.Inputs[0]!.IsConstant ? (node.Inputs[1]!, node.Inputs[0]!) : null;

    private static bool IsNear(float value, float target) => Math.Abs(value - target) <= Near * target;
}
