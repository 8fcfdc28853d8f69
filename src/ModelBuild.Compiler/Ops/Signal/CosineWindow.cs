using System;
using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>A sum of cosines over a period, or over one element less.</summary>
internal abstract class CosineWindow : FunctionOp
{
    public override IReadOnlyList<int> Versions => [17];

    /// <summary>The factors of the cosines of 0, 1, 2 times the phase.</summary>
    protected abstract IReadOnlyList<double> Terms { get; }

    public override void Expand(FunctionContext f)
    {
        var size = f.Require(0);
        Value Real(Value value) => f.Add("Cast", Attributes.Of(("to", (long)ElementType.Double)), value);
        var scalar = f.Add("Reshape", f.Add("Cast", Attributes.Of(("to", (long)ElementType.Int64)), size), f.Constant(new long[0]));
        var index = Real(f.Add("Range", f.Constant(Tensor.Scalar(0L)), scalar, f.Constant(Tensor.Scalar(1L))));
        var period = f.Attributes.Flag("periodic", true) ? Real(scalar) : f.Add("Sub", Real(scalar), f.Scalar(1, ElementType.Double));
        var phase = f.Add("Div", f.Add("Mul", index, f.Scalar(2 * Math.PI, ElementType.Double)), period);
        Value sum = f.Add("Add", f.Add("Mul", index, f.Scalar(0, ElementType.Double)), f.Scalar(Terms[0], ElementType.Double));
        for (var i = 1; i < Terms.Count; i++)
        {
            sum = f.Add("Add", sum, f.Add("Mul", f.Scalar(Terms[i], ElementType.Double), f.Add("Cos", f.Add("Mul", phase, f.Scalar(i, ElementType.Double)))));
        }

        f.Output(0, f.Add("Cast", Attributes.Of(("to", f.Attributes.Get("output_datatype", 1L))), sum));
    }
}
