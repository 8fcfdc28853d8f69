using System;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>A mixture of experts, whatever their matrices are made of. All experts are computed for all rows.</summary>
/// <param name="f">The node.</param>
/// <param name="layer">The product of rows [experts, rows, depth] with the matrices of layer 1, 2 or 3, and its bias.</param>
/// <param name="hasThird">Whether there is a third layer.</param>
internal sealed class Experts(FunctionContext f, Func<Value, int, Value> layer, bool hasThird)
{
    /// <summary>The sum of what the k experts with the largest scores give, each times its share.</summary>
    /// <param name="width">The size of a row of the input.</param>
    /// <param name="shares">[rows, experts]: zero for those that are not chosen.</param>
    public Value Mixed(long width, Value shares)
    {
        var input = f.Require(0);
        var x = f.Add("Unsqueeze", f.Add("Reshape", input, f.Constant(-1L, width)), f.Constant(0L));
        var weights = f.Add("Unsqueeze", f.Add("Transpose", shares), f.Constant(2L));
        var y = f.Add("ReduceSum", Attributes.Of(("keepdims", 0)), f.Add("Mul", layer(Hidden(x), 2), weights), f.Constant(0L));
        return f.Add("Reshape", y, f.ShapeOf(input));
    }

    /// <summary>What stands for the scores of experts that are chosen, and 0 for others.</summary>
    public static Value Scattered(FunctionContext f, Value scores, Value experts, Value chosen) =>
        f.Add("ScatterElements", Attributes.Of(("axis", 1)), f.Add("Expand", f.Number(0, scores), f.ShapeOf(scores)), experts, chosen);

    private Value Hidden(Value x)
    {
        var first = layer(x, 1);
        if (f.Attributes.Get("activation_type", "relu") == "swiglu")
        {
            var (gate, linear) = Halves(x, first);
            return Swiglu(gate, linear);
        }

        var activated = f.Attributes.Get("activation_type", "relu") switch
        {
            "relu" => f.Add("Relu", first),
            "gelu" => f.Add("Gelu", Attributes.Of(("approximate", "tanh")), first),
            "silu" => f.Add("Swish", first),
            "identity" => first,
            var other => throw new OperatorException($"activation_type=\"{other}\" is not defined"),
        };
        return hasThird ? f.Add("Mul", activated, layer(x, 3)) : activated;
    }

    // Gates and what they let through: of two layers, alternating in one, or one behind the other.
    private (Value Gate, Value Linear) Halves(Value x, Value first)
    {
        Value Every(long start) => f.Add("Slice", first, f.Constant(start), f.Constant(long.MaxValue), f.Constant(2L), f.Constant(2L));
        switch (f.Attributes.Get("swiglu_fusion", 0L))
        {
            case 0 when hasThird:
                return (first, layer(x, 3));
            case 1:
                return (Every(0), Every(1));
            case 2:
                var halves = f.AddAll("Split", 2, Attributes.Of(("axis", 2), ("num_outputs", 2)), first);
                return (halves[0], halves[1]);
            default:
                throw new OperatorException($"swiglu_fusion={f.Attributes.Get("swiglu_fusion", 0L)} with {(hasThird ? "three" : "two")} matrices is not defined");
        }
    }

    private Value Swiglu(Value gate, Value linear)
    {
        if (f.Attributes.Has("swiglu_limit"))
        {
            double limit = f.Attributes.Get("swiglu_limit", 0f);
            gate = f.Add("Min", gate, limit);
            linear = f.Add("Clip", linear, f.Number(-limit, linear), f.Number(limit, linear));
        }

        var open = f.Add("Mul", gate, f.Add("Sigmoid", f.Add("Mul", gate, f.Attributes.Get("activation_alpha", 1f))));
        return f.Add("Mul", open, f.Add("Add", linear, f.Attributes.Get("activation_beta", 0f)));
    }
}
