using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ModelBuild.Testing.OnnxRuntime;
using Shouldly;
using Xunit;

namespace ModelBuild.Testing.Tests;

public sealed class OnnxRuntimeTests
{
    // The stored outputs come from the same ONNX Runtime on another machine, whose kernels round differently.
    private const double Tolerance = 1e-3;

    [SkippableTheory]
    [MemberData(nameof(RealModel.Names), MemberType = typeof(RealModel))]
    public void The_oracle_gives_the_stored_outputs_of_every_real_model(string name)
    {
        OnnxRuntimeOracle.Require();
        RealModel model = RealModel.Require(name);
        using OrtSession session = new(model.ModelPath);
        foreach (ReferenceRun run in model.Runs.Where(r => r.Outputs.Any(o => o is not null)))
        {
            int[] stored = [.. Enumerable.Range(0, run.Outputs.Count).Where(i => run.Outputs[i] is not null)];
            IReadOnlyList<Tensor> outputs = session.Run(run.Inputs, [.. stored.Select(i => session.Outputs[i].Name)]);
            for (int i = 0; i < stored.Length; i++)
            {
                double difference = TensorDifference.RelativeToRange(run.Outputs[stored[i]]!, outputs[i]);
                difference.ShouldBeLessThan(Tolerance, $"run {run.Index}, output {session.Outputs[stored[i]].Name}");
            }
        }
    }

    [SkippableFact]
    public void A_session_knows_its_signature()
    {
        OnnxRuntimeOracle.Require();
        using OrtSession session = new(TrainedModel.Require("mnist_mlp").ModelPath);
        OrtValueInfo input = session.Inputs.ShouldHaveSingleItem();
        input.Name.ShouldBe("input");
        input.Type.ShouldBe(TensorType.Float32);
        input.Dimensions.ShouldBe([-1L, 784L]);
        input.Symbols.ShouldBe(["N", string.Empty]);
        session.Outputs.ShouldHaveSingleItem().Name.ShouldBe("logits");
        OrtSession.Version.ShouldStartWith("1.");
    }

    [SkippableFact]
    public void A_binding_gives_what_a_run_gives_and_allocates_nothing()
    {
        OnnxRuntimeOracle.Require();
        TrainedModel model = TrainedModel.Require("optdigits_cnn");
        Tensor samples = model.TestInputs;
        using OrtSession session = new(File.ReadAllBytes(model.ModelPath), new OrtSessionOptions { Optimization = OrtOptimizationLevel.Basic });
        using OrtBinding binding = session.Bind(samples.Slice(0, 1));
        binding.Run();

        samples.Slice(5, 1).Values<float>().CopyTo(binding.Input<float>(0));
        long before = GC.GetAllocatedBytesForCurrentThread();
        binding.Run();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        allocated.ShouldBe(0);
        binding.Output<float>(0).ToArray().ShouldBe(session.Run(samples.Slice(5, 1))[0].Values<float>().ToArray());
    }

    [SkippableFact]
    public void An_error_has_the_words_of_the_library()
    {
        OnnxRuntimeOracle.Require();
        Should.Throw<OrtException>(() => new OrtSession(new byte[] { 1, 2, 3 })).Message.ShouldContain("protobuf");
        using OrtSession session = new(TrainedModel.Require("mnist_mlp").ModelPath);
        Should.Throw<OrtException>(() => session.Run(Tensor.Zeros(TensorType.Float32, [1, 783]))).Message.ShouldContain("Got invalid dimensions for input: input");
    }

    [SkippableFact]
    public void A_disposed_session_and_binding_refuse_to_run()
    {
        OnnxRuntimeOracle.Require();
        OrtSession session = new(TrainedModel.Require("mnist_mlp").ModelPath);
        Tensor input = Tensor.Zeros(TensorType.Float32, [1, 784]);
        OrtBinding binding = session.Bind(input);
        binding.Dispose();
        binding.Dispose();
        Should.Throw<ObjectDisposedException>(binding.Run);
        session.Dispose();
        session.Dispose();
        Should.Throw<ObjectDisposedException>(() => session.Run(input));
    }
}
