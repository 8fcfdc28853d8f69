using System;
using System.Linq;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Tests.Ops;
using ModelBuild.Onnx;
using Shouldly;
using Xunit;

namespace ModelBuild.Compiler.Tests.Export;

/// <summary>Operators that become some of our own are written as they were where nothing of them has changed, and otherwise in the forms of their parts.</summary>
public class OperatorFormTests
{
    private const float Tolerance = 2e-5f;

    // A number between two steps may be rounded to either.
    private const float QuantizedTolerance = 2e-2f;

    public static TheoryData<int> AllBits => [32, 16, 8];

    [SkippableTheory]
    [MemberData(nameof(AllBits))]
    public void LSTM_in_both_directions_with_all_that_it_may_have(int bits)
    {
        var written = new OneNode("LSTM", "").With("hidden_size", 8).With("direction", "bidirectional").With("clip", 3f).With("input_forget", 1)
            .Floats("steps=5,3,16").Floats("2,32,16", 0.3f).Constant().Floats("2,32,8", 0.3f).Constant().Floats("2,64", 0.3f).Constant()
            .Of("3", 5, 2, 4).Floats("2,3,8").Floats("2,3,8").Floats("2,24", 0.3f).Constant().Outputs(true, true, true)
            .ShouldBeWritten((Precision)bits, ToleranceOf(bits));
        Count(written, "LSTM").ShouldBe(bits == 32 ? 1 : 2);
        Count(written, "EyeLike").ShouldBe(bits == 8 ? 2 : 0);
    }

    [SkippableTheory]
    [MemberData(nameof(AllBits))]
    public void LSTM_with_functions_that_have_parameters(int bits) =>
        new OneNode("LSTM", "").With("hidden_size", 8).With("direction", "reverse").With("activations", (string[])["HardSigmoid", "ScaledTanh", "LeakyRelu"])
            .With("activation_alpha", (float[])[0.3f, 0.9f, 0.05f]).With("activation_beta", (float[])[0.4f, 1.1f])
            .Floats("5,batch=3,16").Floats("1,32,16", 0.3f).Constant().Floats("1,32,8", 0.3f).Constant().Outputs(false, true, true)
            .ShouldBeWritten((Precision)bits, ToleranceOf(bits));

    [SkippableTheory]
    [InlineData(32, 0)]
    [InlineData(32, 1)]
    [InlineData(16, 0)]
    [InlineData(16, 1)]
    [InlineData(8, 0)]
    [InlineData(8, 1)]
    public void GRU_whose_reset_comes_before_or_after_the_product(int bits, int linearBeforeReset)
    {
        var written = new OneNode("GRU", "").With("hidden_size", 8).With("linear_before_reset", linearBeforeReset).With("direction", "bidirectional")
            .Floats("5,3,16").Floats("2,24,16", 0.3f).Constant().Floats("2,24,8", 0.3f).Constant().Floats("2,48", 0.3f).Constant().Absent().Floats("2,3,8").Outputs(true, true)
            .ShouldBeWritten((Precision)bits, ToleranceOf(bits));
        Count(written, "GRU").ShouldBe(bits == 32 ? 1 : 2);
    }

    [SkippableTheory]
    [MemberData(nameof(AllBits))]
    public void RNN_with_functions_of_its_own(int bits) =>
        new OneNode("RNN", "").With("hidden_size", 16).With("direction", "bidirectional").With("activations", (string[])["Relu", "Tanh"])
            .Floats("5,3,16").Floats("2,16,16", 0.3f).Constant().Floats("2,16,16", 0.3f).Constant().Floats("2,32", 0.3f).Constant().Of("3", 5, 2, 4).Outputs(true, true)
            .ShouldBeWritten((Precision)bits, ToleranceOf(bits));

    [SkippableTheory]
    [InlineData("NONE")]
    [InlineData("SOFTMAX")]
    [InlineData("LOGISTIC")]
    [InlineData("SOFTMAX_ZERO")]
    public void Classifiers_of_several_classes(string transform)
    {
        foreach (var bits in new[] { 32, 8 })
        {
            var written = new OneNode("LinearClassifier", "ai.onnx.ml").With("post_transform", transform).With("coefficients", Compression.TinyModels.Samples(96)).With("intercepts", (float[])[0.1f, -0.1f, 0.2f])
                .With("classlabels_strings", (string[])["a", "b", "c"]).Floats("batch=7,32").Outputs(true, true)
                .ShouldBeWritten((Precision)bits, ToleranceOf(bits), OnnxElementType.String);
            Count(written, "LinearClassifier").ShouldBe(bits == 32 ? 1 : 0);
        }
    }

    [SkippableTheory]
    [InlineData("NONE", 1)]
    [InlineData("LOGISTIC", 1)]
    [InlineData("LOGISTIC", 2)]
    [InlineData("SOFTMAX", 2)]
    public void Classifiers_of_two_classes(string transform, int scores)
    {
        foreach (var bits in new[] { 32, 8 })
        {
            new OneNode("LinearClassifier", "ai.onnx.ml").With("post_transform", transform).With("coefficients", Compression.TinyModels.Samples(32 * scores)).With("intercepts", new float[scores])
                .With("classlabels_ints", (long[])[3, 5]).Floats("batch=7,32").Outputs(true, true).ShouldBeWritten((Precision)bits, ToleranceOf(bits), OnnxElementType.Int64);
        }
    }

    [SkippableTheory]
    [InlineData("LOGISTIC")]
    [InlineData("SOFTMAX")]
    public void Regressors_of_several_targets(string transform) =>
        new OneNode("LinearRegressor", "ai.onnx.ml").With("post_transform", transform).With("targets", 3).With("coefficients", Compression.TinyModels.Samples(96)).Floats("batch=7,32")
            .ShouldBeWritten(Precision.Int8, QuantizedTolerance);

    private static float ToleranceOf(int bits) => bits == 8 ? QuantizedTolerance : Tolerance;

    private static int Count(OnnxModel model, string op) => model.Graph.Nodes.Count(node => node.OpType == op);
}
