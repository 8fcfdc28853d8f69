using System.Collections.Generic;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// (x - mean) / sqrt(variance), over some axes. https://onnx.ai/onnx/operators/onnx__MeanVarianceNormalization.html
/// Versions: 9, 13 (bfloat16).
/// </summary>
internal sealed class MeanVarianceNormalization : FunctionOp
{
    public override IReadOnlyList<int> Versions => [1, 9, 13];

    public override void Expand(FunctionContext f)
    {
        var x = f.Require(0);
        var axes = f.Constant(f.Attributes.Ints("axes", f.Version < 9 && f.Attributes.Flag("across_channels") ? [0, 1, 2, 3] : [0, 2, 3]));
        var centred = f.Add("Sub", x, f.Add("ReduceMean", x, axes));
        if (f.Version < 9 && !f.Attributes.Flag("normalize_variance", true))
        {
            f.Output(0, centred);
            return;
        }

        var deviation = f.Add("Sqrt", f.Add("ReduceMean", f.Add("Mul", centred, centred), axes));
        f.Output(0, f.Add("Div", centred, f.Add("Add", deviation, f.Scalar(1e-9, x.Type.Element))));
    }
}
