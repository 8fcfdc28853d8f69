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

    [Theory]
    [InlineData(3, 9, new long[] { 4, 4, 4, 4 }, new long[] { 1, 1 }, new long[] { 1, 1 }, 20, 5)]
    [InlineData(3, 9, new long[] { 4, 4, 4, 4 }, new long[] { 1, 1 }, new long[] { 1, 1 }, 23, 5)] // The last block of pixels is not full.
    [InlineData(3, 9, new long[] { 0, 0, 0, 0 }, new long[] { 1, 1 }, new long[] { 1, 1 }, 24, 4)] // 16 columns; without padding blocks have to be full.
    [InlineData(3, 9, new long[] { 0, 0, 0, 0 }, new long[] { 1, 1 }, new long[] { 1, 1 }, 25, 1)] // 17 columns.
    [InlineData(1, 7, new long[] { 3, 3, 3, 3 }, new long[] { 2, 1 }, new long[] { 1, 1 }, 33, 11)]
    [InlineData(2, 9, new long[] { 4, 4, 4, 4 }, new long[] { 1, 2 }, new long[] { 1, 1 }, 30, 8)]
    [InlineData(4, 5, new long[] { 4, 4, 4, 4 }, new long[] { 1, 1 }, new long[] { 2, 2 }, 20, 4)]
    [InlineData(12, 9, new long[] { 4, 4, 4, 4 }, new long[] { 1, 1 }, new long[] { 1, 1 }, 20, 1)] // Two pixels are more than the lanes of a vector.
    public void A_convolution_to_few_channels_computes_several_pixels_together(int outputs, int kernel, long[] pads, long[] strides, long[] dilations, int width, int pixels)
    {
        const int Inputs = 4, Height = 12;
        float[] Values(int length, int seed) => [.. Enumerable.Range(0, length).Select(i => (float)((((i * 37) + seed) % 64) - 32) / 64)];
        foreach (var isNarrow in new[] { false, true })
        {
            var builder = new GraphBuilder();
            var x = builder.Input("x", ElementType.Float, "n", $"{Inputs}", $"{Height}", $"{width}");
            float[] filters = Values(outputs * Inputs * kernel * kernel, 5);
            var weights = isNarrow
                ? builder.Add(
                    "DequantizeLinear",
                    [
                        Value.Of("integers", Tensor.Of<sbyte>([.. filters.Select(weight => (sbyte)(weight * 64))], outputs, Inputs, kernel, kernel)),
                        Value.Of("scales", Tensor.Of<float>([.. Enumerable.Range(1, outputs).Select(i => i / 64f)], outputs)),
                    ],
                    ("axis", 0L))
                : Value.Of("weights", Tensor.Of<float>(filters, outputs, Inputs, kernel, kernel));
            var bias = Value.Of("bias", Tensor.Of<float>(Values(outputs, 1), outputs));
            var graph = PassPipeline.Run(builder.ToGraph(builder.Add("Conv", [x, weights, bias], ("pads", pads), ("strides", strides), ("dilations", dilations))), [new ConvertLayout()], null);
            var wide = PassPipeline.Run(graph, [new WidenNarrowConvolution()], null);

            wide.Nodes.Single(node => node.Op is ConvNhwc).Inputs[1]!.Constant!.Dims[0].ShouldBe(outputs * pixels);
            var input = Tensor.Of<float>(Values(2 * Inputs * Height * width, 3), 2, Inputs, Height, width);
            var expected = new ProgramRunner(ProgramBuilder.Lower(graph)).Run([input])[0];
            var y = new ProgramRunner(ProgramBuilder.Lower(wide)).Run([input])[0];
            y.Dims.ShouldBe(expected.Dims);
            y.As<float>().ToArray().ShouldBe(expected.As<float>().ToArray());
        }
    }

    [Theory]
    [InlineData(2, 1, false, true)]
    [InlineData(2, 0, false, false)]
    [InlineData(1, 1, true, false)]
    public void Planes_are_put_together_and_padded_at_once(int stride, int pad, bool isAdded, bool isFused)
    {
        const int Channels = 3;
        float[] Values(int length, int seed) => [.. Enumerable.Range(0, length).Select(i => (float)((((i * 37) + seed) % 64) - 32) / 64)];
        var builder = new GraphBuilder();
        var x = builder.Input("x", ElementType.Float, "n", "3", "h", "w");
        var weights = Value.Of("weights", Tensor.Of<float>(Values(Channels * Channels * 9, 5), Channels, Channels, 3, 3));
        var y = builder.Add("Conv", [x, weights], ("pads", new long[] { pad, pad, pad, pad }), ("strides", new long[] { stride, stride }));
        y = isAdded ? builder.Add("Add", [y, x]) : y;
        var graph = PassPipeline.Run(builder.ToGraph(builder.Add("Relu", [y])), [new ConvertLayout(), new MoveTransposes(), new FuseActivation(), new FuseResidual(), new FuseActivation()], null);
        var fused = PassPipeline.Run(graph, [new PadFromPlanes()], null);

        var layer = fused.Nodes.Single(node => node.Op is ConvNhwc);
        new ConvGeometry(layer).ReadsPaddedCopy.ShouldBe(pad > 0);
        (layer.Input(3) is not null).ShouldBe(isAdded);
        ConvPlanes.Of(layer.Attributes).ShouldBe(isFused);
        var input = Tensor.Of<float>(Values(2 * Channels * 11 * 9, 3), 2, Channels, 11, 9);
        var expected = new ProgramRunner(ProgramBuilder.Lower(graph)).Run([input])[0];
        new ProgramRunner(ProgramBuilder.Lower(fused)).Run([input])[0].As<float>().ToArray().ShouldBe(expected.As<float>().ToArray());
    }

    [Fact]
    public void An_instance_normalization_between_convolutions_works_on_their_layout()
    {
        const int Channels = 20;
        float[] Values(int length, int seed) => [.. Enumerable.Range(0, length).Select(i => (float)((((i * 37) + seed) % 64) - 32) / 64)];
        var builder = new GraphBuilder();
        var x = builder.Input("x", ElementType.Float, "n", "3", "h", "w");
        var first = builder.Add("Conv", [x, Value.Of("w", Tensor.Of<float>(Values(Channels * 3, 5), Channels, 3, 1, 1))]);
        var (scale, bias) = (Values(Channels, 7), Values(Channels, 9));
        var normal = builder.Add("InstanceNormalization", [first, Value.Of("scale", Tensor.Of<float>(scale, Channels)), Value.Of("bias", Tensor.Of<float>(bias, Channels))], ("epsilon", 0.01f));
        var sum = builder.Add("Relu", [builder.Add("Add", [normal, first])]);
        var graph = builder.ToGraph(builder.Add("Conv", [sum, Value.Of("v", Tensor.Of<float>(Values(Channels * Channels, 4), Channels, Channels, 1, 1))]));

        var nodes = PassPipeline.Run(graph, Pipelines.Fuse, null);
        nodes.Nodes.Select(node => node.Op.Name).ShouldBe(["Transpose", "ConvNhwc", "InstanceNormalizationNhwc", "ConvNhwc", "Transpose"]);
        var input = Tensor.Of<float>(Values(2 * 3 * 9 * 8, 3), 2, 3, 9, 8);
        var expected = new ProgramRunner(ProgramBuilder.Lower(PassPipeline.Run(graph, [new ConvertLayout()], null))).Run([input])[0].As<float>().ToArray();
        new ProgramRunner(ProgramBuilder.Lower(nodes)).Run([input])[0].As<float>().ToArray().ShouldBe(expected, 1e-4);
    }

    [Fact]
    public void What_is_needed_in_both_layouts_is_transposed_once()
    {
        var builder = new GraphBuilder();
        var (x, factor) = (builder.Input("x", ElementType.Float, "n", "3", "h", "w"), builder.Input("factor", ElementType.Float, "n", "h", "w", "3"));
        var sum = x;
        for (var round = 0; round < 3; round++)
        {
            var product = builder.Add("Mul", [builder.Add("Transpose", [sum], ("perm", (long[])[0, 2, 3, 1])), factor]);
            sum = builder.Add("Add", [sum, builder.Add("Transpose", [product], ("perm", (long[])[0, 3, 1, 2]))]);
        }

        var graph = PassPipeline.Run(builder.ToGraph(sum), Pipelines.Fuse, null);
        graph.Nodes.Select(node => node.Op.Name).ShouldBe(["Transpose", "Mul", "Add", "Mul", "Add", "Mul", "Add", "Transpose"]);
    }

    [Theory]
    [InlineData("DCR")]
    [InlineData("CRD")]
    public void Pixels_are_shuffled_in_the_layout_of_convolutions(string mode)
    {
        var builder = new GraphBuilder();
        float[] Values(int length, int seed) => [.. Enumerable.Range(0, length).Select(i => (float)((((i * 37) + seed) % 64) - 32) / 64)];
        var x = builder.Input("x", ElementType.Float, "n", "3", "h", "w");
        var first = builder.Add("Conv", [x, Value.Of("w", Tensor.Of<float>(Values(20 * 3, 5), 20, 3, 1, 1))]);
        var shuffled = builder.Add("Relu", [builder.Add("DepthToSpace", [first], ("blocksize", 2L), ("mode", mode))]);
        var graph = builder.ToGraph(builder.Add("Conv", [shuffled, Value.Of("v", Tensor.Of<float>(Values(4 * 5, 4), 4, 5, 1, 1))]));

        var nodes = PassPipeline.Run(graph, Pipelines.Fuse, null);
        nodes.Nodes.Select(node => node.Op.Name).ShouldBe(["Transpose", "ConvNhwc", "View", "Transpose", "View", "ConvNhwc", "Transpose"]);
        var input = Tensor.Of<float>(Values(2 * 3 * 4 * 5, 3), 2, 3, 4, 5);
        var expected = new ProgramRunner(ProgramBuilder.Lower(PassPipeline.Run(graph, [new ConvertLayout()], null))).Run([input])[0].As<float>().ToArray();
        new ProgramRunner(ProgramBuilder.Lower(nodes)).Run([input])[0].As<float>().ToArray().ShouldBe(expected);
    }
}
