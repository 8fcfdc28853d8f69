using System;
using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Gated recurrent units, in one or both directions: z, r = sigmoid(W x + R s + b), h = tanh(W x + R (r * s) + b), s = (1 - z) * h + z * s.
/// https://onnx.ai/onnx/operators/onnx__GRU.html
/// Versions: 1, 3 (linear_before_reset: h = tanh(W x + r * (R s + b) + b)), 7 (lengths and formulas stated), 14 (layout), 22 (bfloat16).
/// </summary>
internal sealed class GRU : RecurrentOp
{
    public override IReadOnlyList<int> Versions => [1, 3, 7, 14, 22];

    public override IReadOnlyList<RecurrentFunction> Defaults => [RecurrentFunction.Sigmoid, RecurrentFunction.Tanh];

    protected override string Steps => nameof(GruSteps);

    protected override (Value Inputs, Value? Recurrent) Biased(FunctionContext f, Value inputs, Value bias, Value recurrentBias)
    {
        if (!f.Attributes.Flag("linear_before_reset"))
        {
            return base.Biased(f, inputs, bias, recurrentBias);
        }

        // The recurrent bias of h belongs to what the reset gate multiplies.
        if (!f.Type(2)[2].IsConstant)
        {
            throw OperatorException.Unsupported("a state of unknown size is not supported");
        }

        var hidden = f.Type(2)[2].Constant;
        var parts = f.AddAll("Split", 2, Attributes.Of(("axis", 0)), recurrentBias, f.Constant(2 * hidden, hidden));
        var gates = f.Add("Pad", parts[0], f.Constant(0, hidden));
        return (f.Add("Add", inputs, f.Add("Add", bias, gates)), parts[1]);
    }

    protected override IEnumerable<Value?> Operands(FunctionContext f, Func<int, Value?> state, Value? recurrent, Func<int, Value?> part) => [recurrent, state(5), f.Input(4)];
}
