using System;
using System.Collections.Generic;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Resize with the rules of its time: mode nearest takes the element to the left, linear interpolates with asymmetric coordinates. https://onnx.ai/onnx/operators/onnx__Upsample.html
/// Versions: 1, 7 (scales is an attribute), 9 (an input), 10 (withdrawn).
/// </summary>
internal sealed class Upsample : FunctionOp
{
    public override IReadOnlyList<int> Versions => [1, 7, 9];

    public override void Expand(FunctionContext f)
    {
        var a = f.Attributes;
        var filter = Attributes.Of(("mode", a.Get("mode", "nearest") switch { "nearest" => 0, "linear" or "bilinear" => 1, var other => throw new OperatorException($"mode=\"{other}\" is neither nearest nor linear") }), ("coordinates", 4), ("rounding", 2));
        float[] Old() => [1, 1, a.Get("height_scale", 1f), a.Get("width_scale", 1f)];
        var scales = f.Version >= 9 ? f.Require(1) : (f.Version < 7 ? Old() : a.Require<float[]>("scales")) is var given ? f.Constant(Tensor.Of<float>(given, given.Length)) : throw new InvalidOperationException();
        f.Output(0, Resize.Along(f, f.Require(0), null, scales, null, null, 0, filter));
    }
}
