using System.Linq;
using ModelBuild.Compiler.Tests.Compression;
using ModelBuild.Onnx;
using Xunit;

namespace ModelBuild.Compiler.Tests.Ops;

/// <summary>Support vector machines give what ONNX Runtime gives.</summary>
public class SupportVectorTests
{
    private const string Domain = "ai.onnx.ml";

    [SkippableTheory]
    [InlineData("LINEAR", false)]
    [InlineData("POLY", false)]
    [InlineData("RBF", true)]
    [InlineData("SIGMOID", false)]
    public void A_regressor(string kernel, bool isOneClass) =>
        new OneNode("SVMRegressor", Domain).With("kernel_type", kernel).With("kernel_params", (float[])[0.4f, 0.3f, 3]).With("n_supports", 5).With("one_class", isOneClass ? 1 : 0)
            .With("support_vectors", Numbers(15, 1)).With("coefficients", Numbers(5, 2)).With("rho", (float[])[0.1f]).Floats("n=4,3").ShouldAgree();

    [SkippableFact]
    public void A_regressor_without_support_vectors() =>
        new OneNode("SVMRegressor", Domain).With("n_supports", 0).With("kernel_params", new float[3]).With("coefficients", Numbers(3, 2)).With("rho", (float[])[0.1f]).Floats("n=4,3").ShouldAgree();

    [SkippableTheory]
    [InlineData("LINEAR", 2, false, "NONE")]
    [InlineData("POLY", 2, true, "NONE")]
    [InlineData("RBF", 3, true, "NONE")]
    [InlineData("RBF", 4, true, "SOFTMAX")]
    [InlineData("RBF", 3, false, "LOGISTIC")]
    [InlineData("SIGMOID", 4, false, "NONE")]
    public void A_classifier(string kernel, int classes, bool hasProbabilities, string transform)
    {
        var pairs = classes * (classes - 1) / 2;
        var node = new OneNode("SVMClassifier", Domain).With("kernel_type", kernel).With("kernel_params", (float[])[0.4f, 0.3f, 2]).With("post_transform", transform)
            .With("vectors_per_class", Enumerable.Range(0, classes).Select(i => i + 1L).ToArray()).With("support_vectors", Numbers(classes * (classes + 1) / 2 * 3, 1))
            .With("coefficients", Numbers((classes - 1) * classes * (classes + 1) / 2, 2)).With("rho", Numbers(pairs, 3)).With("classlabels_ints", Enumerable.Range(0, classes).Select(i => 10L * i).ToArray());
        node = hasProbabilities ? node.With("prob_a", Numbers(pairs, 4)).With("prob_b", Numbers(pairs, 5)) : node;
        node.Floats("n=6,3", 2).Outputs(true, true).ShouldAgree(types: Types);
    }

    [SkippableTheory]
    [InlineData(2)]
    [InlineData(3)]
    public void A_classifier_without_support_vectors(int classes) =>
        new OneNode("SVMClassifier", Domain).With("kernel_params", new float[3]).With("coefficients", Numbers(classes * 3, 2)).With("rho", (float[])[0.1f]).With("classlabels_ints", Enumerable.Range(0, classes).Select(i => 10L * i).ToArray())
            .Floats("n=6,3", 2).Outputs(true, true).ShouldAgree(types: Types);

    [SkippableFact]
    public void Regions_are_pooled() =>
        new OneNode("MaxRoiPool", string.Empty).With("pooled_shape", (long[])[3, 2]).With("spatial_scale", 0.5f).Floats("2,3,6,n=7").Of("m=3,5", 0f, 1, 1, 9, 7, 1, 4, 3, 4, 3, 1, 8.7f, 0, 30, 4).ShouldAgree();

    private static readonly OnnxElementType[] Types = [OnnxElementType.Int64, OnnxElementType.Float];

    private static float[] Numbers(int count, int seed) => TinyModels.Samples(count, seed);
}
