using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// What RNN, GRU and LSTM share: the products of all inputs with the weights are one multiplication of matrices, and an operator of ours runs each direction from there
/// on. 16-bit floats are widened. Clip cuts what enters the functions of gates, but not the cell of LSTM on its way to the state; the parameters of functions are listed
/// for those alone that take some, as ONNX Runtime reads them.
/// </summary>
internal abstract class RecurrentOp : FunctionOp
{
    public override IReadOnlyList<int> Versions => [1, 7, 14, 22];

    /// <summary>The functions of one direction where the node names none.</summary>
    public abstract IReadOnlyList<RecurrentFunction> Defaults { get; }

    /// <summary>The operator that runs a direction.</summary>
    protected abstract string Steps { get; }

    /// <summary>How many states there are.</summary>
    protected virtual int States => 1;

    public override void Expand(FunctionContext f)
    {
        if (f.TryWiden(this, both: true))
        {
            return;
        }

        var isBatchFirst = f.Attributes.Flag("layout");
        Value Swapped(Value value) => isBatchFirst ? f.Add("Transpose", Attributes.Of(("perm", (long[])[1, 0, 2])), value) : value;
        var x = Swapped(f.Require(0));
        bool[] directions = f.Attributes.Get("direction", "forward") switch
        {
            "forward" => [false],
            "reverse" => [true],
            "bidirectional" => [false, true],
            var other => throw new OperatorException($"direction=\"{other}\" is none of forward, reverse and bidirectional"),
        };
        Check(f, directions.Length);
        var functions = FunctionsOf(f.Attributes, directions.Length);
        var (alphas, betas) = (ParametersOf(f.Attributes, "activation_alpha", functions, Alpha), ParametersOf(f.Attributes, "activation_beta", functions, Beta));
        var results = new List<Value[]>();
        for (var d = 0; d < directions.Length; d++)
        {
            var own = (d * Defaults.Count)..((d + 1) * Defaults.Count);
            Value Part(Value value) => f.Add("Gather", value, f.Constant(Tensor.Scalar((long)d)));
            Value? PartOf(int input) => f.Input(input) is { } value ? Part(value) : null;
            Value? State(int input) => f.Input(input) is { } state ? Part(Swapped(state)) : null;
            var biases = PartOf(3) is { } bias ? f.AddAll("Split", 2, Attributes.Of(("num_outputs", 2)), bias) : null;
            var inputs = f.Add("MatMul", x, f.Add("Transpose", Attributes.Of(("perm", (long[])[1, 0])), Part(f.Require(1))));
            var (summed, recurrent) = biases is null ? (inputs, null) : Biased(f, inputs, biases[0], biases[1]);
            var attributes = Attributes.Of(
                ("reverse", directions[d] ? 1 : 0), ("clip", f.Attributes.Get("clip", float.PositiveInfinity)), ("functions", functions[own].Select(function => (long)function).ToArray()),
                ("alphas", alphas[own]), ("betas", betas[own]), ("linear_before_reset", f.Attributes.Get("linear_before_reset", 0L)), ("input_forget", f.Attributes.Get("input_forget", 0L)));
            results.Add(f.AddAll($"{OwnDomain}.{Steps}", 1 + States, attributes, [summed, Part(f.Require(2)), .. Operands(f, State, recurrent, PartOf)]));
        }

        Value Joined(int output, int axis)
        {
            Value[] parts = [.. results.Select(result => f.Add("Unsqueeze", result[output], f.Constant(axis)))];
            return parts.Length == 1 ? parts[0] : f.Add("Concat", Attributes.Of(("axis", axis)), parts);
        }

        // [steps, directions, batch, hidden], or with layout=1 [batch, steps, directions, hidden].
        var y = Joined(0, 1);
        f.Output(0, isBatchFirst ? f.Add("Transpose", Attributes.Of(("perm", (long[])[2, 0, 1, 3])), y) : y);
        for (var state = 1; state <= States; state++)
        {
            f.Output(state, Swapped(Joined(state, 0)));
        }
    }

    /// <summary>Adds what biases can be added at once; the rest is given to the steps.</summary>
    protected virtual (Value Inputs, Value? Recurrent) Biased(FunctionContext f, Value inputs, Value bias, Value recurrentBias) =>
        (f.Add("Add", inputs, f.Add("Add", bias, recurrentBias)), null);

    /// <summary>The further operands of the steps.</summary>
    protected abstract IEnumerable<Value?> Operands(FunctionContext f, Func<int, Value?> state, Value? recurrent, Func<int, Value?> part);

    private static void Check(FunctionContext f, int directions)
    {
        var (x, w, r) = (f.Type(0), f.Type(1), f.Type(2));
        if (x.Rank != 3 || w.Rank != 3 || r.Rank != 3)
        {
            throw new OperatorException($"inputs {x}, weights {w} and recurrent weights {r} must have three axes");
        }

        if (x.Element is not (ElementType.Float or ElementType.Double))
        {
            throw ElementKinds.Unsupported("a recurrent layer", x.Element);
        }

        foreach (var input in new[] { 1, 2, 3 }.Where(input => f.Input(input) is { Type: var type } && type.Rank > 0 && type[0].IsConstant && type[0].Constant != directions))
        {
            throw new OperatorException($"input {input}, {f.Type(input)}, has not {directions} in front, one for each direction");
        }
    }

    // The functions of all directions.
    private RecurrentFunction[] FunctionsOf(Attributes attributes, int directions)
    {
        var names = attributes.Get<string[]>("activations", []);
        var count = Defaults.Count * directions;
        return names.Length == 0 ? [.. Enumerable.Repeat(Defaults, directions).SelectMany(functions => functions)]
            : names.Length < count ? throw new OperatorException($"{names.Length} activations are given where there are {count}")
            : [.. names.Take(count).Select(name => Enum.GetNames<RecurrentFunction>().FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } known
                ? Enum.Parse<RecurrentFunction>(known)
                : throw new OperatorException($"there is no activation \"{name}\""))];
    }

    private static float[] ParametersOf(Attributes attributes, string name, IReadOnlyList<RecurrentFunction> functions, Func<RecurrentFunction, float?> defaults)
    {
        var given = new Queue<float>(attributes.Get<float[]>(name, []));
        return [.. functions.Select(function => defaults(function) is not { } otherwise ? 0f : given.TryDequeue(out var value) ? value : otherwise)];
    }

    /// <summary>The default of a function's first parameter; null where it has none.</summary>
    public static float? Alpha(RecurrentFunction function) => function switch
    {
        RecurrentFunction.Affine or RecurrentFunction.ThresholdedRelu or RecurrentFunction.ScaledTanh or RecurrentFunction.Elu => 1f,
        RecurrentFunction.LeakyRelu => 0.01f,
        RecurrentFunction.HardSigmoid => 0.2f,
        _ => null,
    };

    /// <summary>The default of a function's second parameter; null where it has none.</summary>
    public static float? Beta(RecurrentFunction function) => function switch
    {
        RecurrentFunction.Affine => 0f,
        RecurrentFunction.ScaledTanh => 1f,
        RecurrentFunction.HardSigmoid => 0.5f,
        _ => null,
    };
}
