using System;
using System.Linq;
using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Ops;
using ModelBuild.Compiler.Passes;
using ModelBuild.Kernels;
using ModelBuild.Plan;
using Shouldly;
using Xunit;

namespace ModelBuild.Compiler.Tests.Ops;

/// <summary>Which kernel a convolution becomes, and that it computes the same whichever it is.</summary>
public class ConvolutionTests
{
    [Theory]
    [InlineData(16, 16, 3, 32, true)]
    [InlineData(64, 64, 3, 8, true)]
    [InlineData(16, 32, 5, 10, true)]
    [InlineData(3, 16, 3, 32, false)] // Few input channels: transforming costs more than it saves.
    [InlineData(64, 64, 3, 1, false)] // One output pixel: 15 of 16 would be thrown away.
    [InlineData(512, 512, 3, 7, false)] // The transformed weights would not fit any cache.
    [InlineData(2048, 2048, 3, 64, false)] // Nor are they worth the memory.
    public void Winograd_is_chosen_where_it_costs_less(int inputs, int outputs, int kernel, int size, bool expected) =>
        WinogradCost.IsLower(inputs, outputs, kernel, size, size).ShouldBe(expected);

    [Theory]
    [InlineData(3, new long[] { 1, 1, 1, 1 }, new long[] { 1, 1 }, true)]
    [InlineData(3, new long[] { 0, 2, 1, 0 }, new long[] { 1, 1 }, true)]
    [InlineData(5, new long[] { 2, 2, 2, 2 }, new long[] { 1, 1 }, true)]
    [InlineData(3, new long[] { 1, 1, 1, 1 }, new long[] { 2, 1 }, false)]
    public void A_convolution_of_any_size_is_computed(int kernel, long[] pads, long[] strides, bool isWinograd)
    {
        const int Inputs = 24, Outputs = 20;
        var random = new Random(kernel);
        float[] Random(int length) => [.. Enumerable.Range(0, length).Select(_ => (float)(random.NextDouble() - 0.5))];
        var weights = Random(Outputs * Inputs * kernel * kernel);
        var bias = Random(Outputs);

        var builder = new GraphBuilder();
        var x = builder.Input("x", ElementType.Float, "n", $"{Inputs}", "h", "w");
        var y = builder.Add(
            "Conv",
            [x, Value.Of("weights", Tensor.Of<float>(weights, Outputs, Inputs, kernel, kernel)), Value.Of("bias", Tensor.Of<float>(bias, Outputs))],
            ("pads", pads),
            ("strides", strides));
        var program = ProgramBuilder.Lower(PassPipeline.Run(builder.ToGraph(y), Pipelines.Fuse, null));
        program.Calls.Any(step => step.Call.Kernel.StartsWith(nameof(ConvWinogradF32), StringComparison.Ordinal)).ShouldBe(isWinograd);

        var runner = new ProgramRunner(program);
        foreach (var (batch, height, width) in new[] { (1, 12, 9), (3, 7, 16), (2, 6, 5) })
        {
            var input = Random(batch * Inputs * height * width);
            var output = runner.Run([Tensor.Of<float>(input, batch, Inputs, height, width)])[0];
            var (rows, columns) = ((int)output.Dims[2], (int)output.Dims[3]);
            rows.ShouldBe((int)(((height + pads[0] + pads[2] - kernel) / strides[0]) + 1));
            for (var i = 0; i < output.Length; i++)
            {
                var (n, o, row, column) = (i / columns / rows / Outputs, i / columns / rows % Outputs, i / columns % rows, i % columns);
                double sum = bias[o];
                for (var tap = 0; tap < Inputs * kernel * kernel; tap++)
                {
                    var (c, ky, kx) = (tap / kernel / kernel, tap / kernel % kernel, tap % kernel);
                    var (inputRow, inputColumn) = ((row * strides[0]) + ky - pads[0], (column * strides[1]) + kx - pads[1]);
                    if (inputRow >= 0 && inputRow < height && inputColumn >= 0 && inputColumn < width)
                    {
                        sum += (double)weights[(o * Inputs * kernel * kernel) + tap] * input[(((((n * Inputs) + c) * height) + inputRow) * width) + inputColumn];
                    }
                }

                ((double)output.As<float>()[i]).ShouldBe(sum, 2e-5);
            }
        }
    }
}
