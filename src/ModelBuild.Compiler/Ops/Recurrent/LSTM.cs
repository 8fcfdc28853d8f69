using System;
using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Long short-term memory, in one or both directions: i, o, f = sigmoid(W x + R h + b + p * c), c = f * c + i * tanh(W x + R h + b), h = o * tanh(c).
/// https://onnx.ai/onnx/operators/onnx__LSTM.html
/// Versions: 1, 7 (lengths and formulas stated), 14 (layout), 22 (bfloat16).
/// </summary>
internal sealed class LSTM : RecurrentOp
{
    protected override int States => 2;

    public override IReadOnlyList<RecurrentFunction> Defaults => [RecurrentFunction.Sigmoid, RecurrentFunction.Tanh, RecurrentFunction.Tanh];

    protected override string Steps => nameof(LstmSteps);

    protected override IEnumerable<Value?> Operands(FunctionContext f, Func<int, Value?> state, Value? recurrent, Func<int, Value?> part) => [state(5), state(6), f.Input(4), part(7)];
}
