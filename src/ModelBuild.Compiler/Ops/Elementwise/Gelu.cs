using System;
using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = x / 2 * (1 + erf(x / sqrt(2))), or with approximate="tanh" y = x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x^3))).
/// https://onnx.ai/onnx/operators/onnx__Gelu.html
/// Versions: 20.
/// </summary>
internal sealed class Gelu : UnaryOp
{
    public override IReadOnlyList<int> Versions => [20];

    public override object Operation(Attributes attributes, Node node) => attributes.Get("approximate", "none") switch
    {
        "none" => new GeluF32(),
        "tanh" => new GeluTanhF32(),
        var other => throw new OperatorException($"approximate=\"{other}\" is neither \"none\" nor \"tanh\""),
    };

    protected override Value Define(FunctionContext context, Value x)
    {
        var inner = context.Attributes.Get("approximate", "none") == "tanh"
            ? context.Add("Tanh", context.Add("Mul", context.Add("Add", x, context.Add("Mul", context.Add("Mul", x, context.Add("Mul", x, x)), 0.044715)), Math.Sqrt(2 / Math.PI)))
            : context.Add("Erf", context.Add("Div", x, Math.Sqrt(2)));
        return context.Add("Mul", context.Add("Mul", x, 0.5), context.Add("Add", inner, 1));
    }
}
