using System.Linq;
using ModelBuild.Testing.OnnxRuntime;
using Shouldly;
using Xunit;

namespace ModelBuild.Testing.Tests;

public sealed class TrainedModelTests
{
    [SkippableTheory]
    [MemberData(nameof(TrainedModel.Names), MemberType = typeof(TrainedModel))]
    public void The_catalogue_has_samples_labels_and_outputs_that_belong_together(string name)
    {
        TrainedModel model = TrainedModel.Require(name);
        Tensor samples = model.TestInputs;
        Tensor outputs = model.OrtOutputs();

        samples.Shape[0].ShouldBe(outputs.Shape[0]);
        model.TestLabels.Shape[0].ShouldBe(outputs.Shape[0]);
        model.CalibrationInputs.Shape.Skip(1).ShouldBe(samples.Shape.Skip(1));
        model.CalibrationLabels.Shape[0].ShouldBe(model.CalibrationInputs.Shape[0]);

        // A model without a dynamic batch takes samples of shape [1, ...].
        Tensor first = OnnxRuntimeOracle.Run(model.ModelPath, samples.Slice(0, 1))[0];
        TensorDifference.RelativeToRange(outputs.Slice(0, 1), first).ShouldBeLessThan(1e-4);
    }
}
