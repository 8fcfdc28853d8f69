using System;
using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// A simple recurrent layer, in one or both directions: h = f(W x + R h + b), where f is tanh unless the node names another.
/// https://onnx.ai/onnx/operators/onnx__RNN.html
/// Versions: 1, 7 (lengths and formulas stated), 14 (layout), 22 (bfloat16).
/// </summary>
internal sealed class RNN : RecurrentOp
{
    public override IReadOnlyList<RecurrentFunction> Defaults => [RecurrentFunction.Tanh];

    protected override string Steps => nameof(RnnSteps);

    protected override IEnumerable<Value?> Operands(FunctionContext f, Func<int, Value?> state, Value? recurrent, Func<int, Value?> part) => [state(5), f.Input(4)];
}
