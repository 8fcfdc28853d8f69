using System;
using System.Linq;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>The product of matrices that may be transposed, times a factor. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.FusedMatMul</summary>
internal sealed class FusedMatMul : FunctionOp
{
    public override string Domain => "com.microsoft";

    public override void Expand(FunctionContext f)
    {
        if (f.Attributes.Flag("transBatchA") || f.Attributes.Flag("transBatchB"))
        {
            throw OperatorException.Unsupported("FusedMatMul with a transposed batch is not supported");
        }

        Value Turned(int input, string attribute)
        {
            var x = f.Require(input);
            long[] perm = [.. Enumerable.Range(0, Math.Max(0, x.Type.Rank - 2)).Select(axis => (long)axis), x.Type.Rank - 1, x.Type.Rank - 2];
            return f.Attributes.Flag(attribute) && x.Type.Rank > 1 ? f.Add("Transpose", Attributes.Of(("perm", perm)), x) : x;
        }

        var y = f.Add("MatMul", Turned(0, "transA"), Turned(1, "transB"));
        f.Output(0, f.Attributes.Get("alpha", 1f) is var alpha && alpha == 1 ? y : f.Add("Mul", y, f.Scalar(alpha, y.Type.Element)));
    }
}
