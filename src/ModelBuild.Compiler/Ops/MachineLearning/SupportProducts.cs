using System;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>The kernel function of rows x [rows, features] and support vectors [count, features], as [rows, count]. Attributes: kernel_type, kernel_params (gamma, coef0, degree).</summary>
internal sealed class SupportProducts : Op
{
    private static readonly string[] Functions = ["LINEAR", "POLY", "RBF", "SIGMOID"];

    public override string Domain => OwnDomain;

    public override void Infer(InferContext context)
    {
        var (x, vectors) = (context.Type(0), context.Type(1));
        if (x.Rank != 2 || vectors.Rank != 2 || (x[1].IsConstant && vectors[1].IsConstant && !x[1].Equals(vectors[1])))
        {
            throw new OperatorException($"{x} has not the {vectors[1]} features of the support vectors");
        }

        context.Output(ElementType.Float, x[0], vectors[0]);
    }

    public override void Lower(LowerContext context)
    {
        var (x, vectors) = (context.Input(0).Type, context.Input(1).Type);
        context.RequireZero(x[1] - vectors[1], $"{x} has not the {vectors[1]} features of the support vectors");
        var name = context.Attributes.Get("kernel_type", "LINEAR");
        var function = Array.IndexOf(Functions, name) is var found and >= 0 ? found : throw new OperatorException($"kernel_type=\"{name}\" is not defined");
        float[] parameters = context.Attributes.Get<float[]>("kernel_params", []) switch
        {
            [] => [0, 0, 0],
            { Length: 3 } given => given,
            var other => throw new OperatorException($"kernel_params has {other.Length} numbers where gamma, coef0 and degree are defined"),
        };
        context.Call(
            typeof(SupportVectors), nameof(SupportVectors.Products), context.Input(0), context.Input(1), context.Output, x[0], vectors[0], vectors[1], function, parameters[0], parameters[1], parameters[2]);
    }

    /// <summary>Adds the node. The vectors are as many as <paramref name="count"/>.</summary>
    public static Value Of(FunctionContext f, Value x, int count)
    {
        var vectors = f.Attributes.Get<float[]>("support_vectors", []);
        return count > 0 && vectors.Length % count == 0
            ? f.Add($"{OwnDomain}.{nameof(SupportProducts)}", f.Attributes, x, f.Constant(Tensor.Of<float>(vectors, count, vectors.Length / count)))
            : throw new OperatorException($"{vectors.Length} numbers are not {count} support vectors");
    }
}
