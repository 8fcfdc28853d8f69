using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>The linear part of the linear models of ai.onnx.ml.</summary>
internal static class LinearScores
{
    /// <summary>x * coefficients^T + intercepts, as [rows, targets] of 32-bit floats.</summary>
    public static Value Of(FunctionContext f, int targets, float[] intercepts)
    {
        var coefficients = f.Attributes.Require<float[]>("coefficients");
        if (targets < 1 || coefficients.Length % targets != 0 || (intercepts.Length != 0 && intercepts.Length != targets))
        {
            throw new OperatorException($"{coefficients.Length} coefficients and {intercepts.Length} intercepts do not fit {targets} targets");
        }

        var features = coefficients.Length / targets;
        var turned = new float[coefficients.Length];
        for (var i = 0; i < coefficients.Length; i++)
        {
            turned[(i % features * targets) + (i / features)] = coefficients[i];
        }

        var x = Rows(f, f.Require(0));
        if (x.Type[1].IsConstant && x.Type[1].Constant != features)
        {
            throw new OperatorException($"{x.Type} has not the {features} features that {coefficients.Length} coefficients for {targets} targets need");
        }

        return f.Add("Gemm", x, f.Constant(Tensor.Of<float>(turned, features, targets)), intercepts.Length == 0 ? null : f.Constant(Tensor.Of<float>(intercepts, targets)));
    }

    /// <summary>The input as rows of 32-bit floats: one sample may come without its axis.</summary>
    public static Value Rows(FunctionContext f, Value x)
    {
        x = x.Type.Element == ElementType.Float ? x : f.Add("Cast", Attributes.Of(("to", (long)ElementType.Float)), x);
        return x.Type.Rank == 1 ? f.Add("Reshape", x, f.Constant(1, -1)) : x;
    }
}
