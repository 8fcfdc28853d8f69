using System.Linq;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Tests.Compression;
using ModelBuild.Kernels;
using Shouldly;
using Xunit;

namespace ModelBuild.Compiler.Tests.Ops;

/// <summary>The maximum over windows of depth, height and width, as two poolings over NHWC data.</summary>
public class DeepPoolTests
{
    [SkippableTheory]
    [InlineData("1,8,4,6,6", new[] { 2, 2, 2 }, new[] { 2, 2, 2 }, new[] { 1, 1, 1 }, new[] { 0, 0, 0, 0, 0, 0 }, 0)]
    [InlineData("2,9,5,6,7", new[] { 3, 2, 3 }, new[] { 1, 2, 3 }, new[] { 1, 1, 1 }, new[] { 1, 0, 2, 0, 1, 1 }, 0)]
    [InlineData("2,3,5,7,4", new[] { 2, 3, 2 }, new[] { 2, 2, 1 }, new[] { 1, 1, 1 }, new[] { 1, 1, 0, 0, 1, 0 }, 1)]
    [InlineData("1,5,6,7,8", new[] { 2, 3, 2 }, new[] { 1, 2, 1 }, new[] { 3, 2, 1 }, new[] { 0, 0, 0, 0, 0, 0 }, 0)]
    [InlineData("batch=3,4,depth=4,height=5,6", new[] { 2, 1, 3 }, new[] { 1, 1, 1 }, new[] { 1, 1, 1 }, new[] { 1, 0, 1, 1, 0, 1 }, 0)]
    [InlineData("1,1,3,4,5", new[] { 1, 3, 3 }, new[] { 1, 2, 2 }, new[] { 1, 1, 1 }, new[] { 0, 1, 1, 0, 1, 1 }, 0)]
    public void It_is_that_of_ONNX_Runtime(string shape, int[] kernel, int[] strides, int[] dilations, int[] pads, int ceil) =>
        With(new OneNode("MaxPool", ""), kernel, strides, dilations).With("pads", Longs(pads)).With("ceil_mode", ceil).Floats(shape).ShouldAgree(0);

    [SkippableTheory]
    [InlineData("SAME_UPPER")]
    [InlineData("SAME_LOWER")]
    [InlineData("VALID")]
    public void Padding_may_depend_on_the_sizes(string mode) =>
        With(new OneNode("MaxPool", ""), [2, 3, 4], [2, 1, 2], [1, 1, 1]).With("auto_pad", mode).Floats("batch=2,4,depth=5,height=6,width=7").ShouldAgree(0);

    [SkippableFact]
    public void Bytes_are_pooled_too() =>
        With(new OneNode("MaxPool", ""), [2, 2, 3], [1, 2, 2], [1, 1, 1]).Of("2,5,3,4,5", [.. Enumerable.Range(0, 600).Select(i => (byte)(i * 97))]).ShouldAgree(0, 1, Onnx.OnnxElementType.UInt8);

    [Fact]
    public void The_plain_kernel_is_left_for_places_and_64_bit_floats()
    {
        OneNode Pool() => With(new OneNode("MaxPool", ""), [2, 2, 2], [2, 2, 2], [1, 1, 1]);
        bool IsPlain(Onnx.OnnxModel model) => Compiling.Compile(model, new CompileOptions()).Program.Calls.Any(step => step.Call.Kernel == $"{nameof(PoolPlain)}.{nameof(PoolPlain.Max)}");
        IsPlain(Pool().Floats("1,8,4,6,6").Model()).ShouldBeFalse();
        IsPlain(Pool().Floats("1,8,4,6,6").Outputs(true, true).Model(Onnx.OnnxElementType.Float, Onnx.OnnxElementType.Int64)).ShouldBeTrue();
        IsPlain(Pool().Doubles("1,8,4,6,6").Model(Onnx.OnnxElementType.Double)).ShouldBeTrue();
    }

    private static OneNode With(OneNode node, int[] kernel, int[] strides, int[] dilations) =>
        node.With("kernel_shape", Longs(kernel)).With("strides", Longs(strides)).With("dilations", Longs(dilations));

    private static long[] Longs(int[] values) => [.. values.Select(value => (long)value)];
}
