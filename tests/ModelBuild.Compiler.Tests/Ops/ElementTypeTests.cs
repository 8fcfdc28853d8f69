using System;
using System.Linq;
using System.Numerics;
using ModelBuild.Compiler.IR;
using ModelBuild.Kernels;
using ModelBuild.Onnx;
using Shouldly;
using Xunit;

namespace ModelBuild.Compiler.Tests.Ops;

/// <summary>Operators on rare element types give what they give on 32-bit floats.</summary>
public class ElementTypeTests
{
    [Theory]
    [InlineData("LSTM", 4, "bidirectional")]
    [InlineData("GRU", 3, "reverse")]
    [InlineData("RNN", 1, "forward")]
    public void Recurrent_layers_of_doubles(string op, int gates, string direction)
    {
        var directions = direction == "bidirectional" ? 2 : 1;
        string[] shapes = ["5,batch=3,7", $"{directions},{gates * 6},7", $"{directions},{gates * 6},6", $"{directions},{2 * gates * 6}"];
        string[] states = [$"{directions},batch=3,6", .. op == "LSTM" ? new[] { $"{directions},batch=3,6", $"{directions},18" } : []];
        OneNode Layer(Func<OneNode, string, OneNode> input)
        {
            var node = new OneNode(op, string.Empty).With("hidden_size", 6).With("direction", direction).With("clip", 2f);
            node = op == "GRU" ? node.With("linear_before_reset", 1) : node;
            node = shapes.Aggregate(node, input).Of("batch=3", 5, 2, 4);
            return states.Aggregate(node, input).Outputs(true, true);
        }

        ShouldBeNear(Layer((node, shape) => node.Doubles(shape)), Layer((node, shape) => node.Floats(shape)));
    }

    [Fact]
    public void Local_responses_of_doubles()
    {
        OneNode Node() => new OneNode("LRN", string.Empty).With("size", 4).With("alpha", 0.3f).With("bias", 0.7f);
        ShouldBeNear(Node().Doubles("n=2,6,3"), Node().Floats("n=2,6,3"));
    }

    [Theory]
    [InlineData("linear", "zeros", 1)]
    [InlineData("cubic", "reflection", 0)]
    public void Samples_of_doubles(string mode, string padding, int alignsCorners)
    {
        OneNode Node() => new OneNode("GridSample", string.Empty, 20).With("mode", mode).With("padding_mode", padding).With("align_corners", alignsCorners);
        ShouldBeNear(Node().Doubles("n=2,3,4,5").Floats("n=2,3,4,2", 1.3f), Node().Floats("n=2,3,4,5").Floats("n=2,3,4,2", 1.3f));
    }

    [Fact]
    public void The_nearest_samples_of_any_type()
    {
        OneNode Node() => new OneNode("GridSample", string.Empty, 20).With("mode", "nearest");
        long[] numbers = [.. Enumerable.Range(0, 2 * 3 * 4 * 5).Select(i => (i % 7) - 3L)];
        var expected = Node().Of("n=2,3,4,5", numbers.Select(number => (float)number).ToArray()).Floats("n=2,3,4,2", 1.3f).Run()[0].As<float>().ToArray();

        Node().Of("n=2,3,4,5", numbers).Floats("n=2,3,4,2", 1.3f).Run(OnnxElementType.Int64)[0].As<long>().ToArray().ShouldBe(expected.Select(value => (long)value));
        Node().Of("n=2,3,4,5", numbers.Select(number => number > 0).ToArray()).Floats("n=2,3,4,2", 1.3f).Run(OnnxElementType.Bool)[0].As<bool>().ToArray().ShouldBe(expected.Select(value => value > 0));
    }

    [Theory]
    [InlineData(1, new[] { -1f, 0, 2, float.NaN }, new[] { 4L, 1, 0, 2 }, new[] { 2L, 1, 3, 3, 0, 2 })]
    [InlineData(0, new[] { 2f, 0, float.NaN, -1 }, new[] { 0L, 1, 2, 4 }, new[] { 0L, 1, 2, 2, 3, 0 })]
    public void Unique_elements_in_both_orders(int sorted, float[] elements, long[] firsts, long[] inverse)
    {
        var results = new OneNode("Unique", string.Empty).With("sorted", sorted).Of("n=6", 2f, 0, float.NaN, float.NaN, -1, 2).Outputs(true, true, true, true)
            .Run(OnnxElementType.Float, OnnxElementType.Int64, OnnxElementType.Int64, OnnxElementType.Int64);

        results[0].As<float>().ToArray().ShouldBe(elements);
        results[1].As<long>().ToArray().ShouldBe(firsts);
        results[2].As<long>().ToArray().ShouldBe(inverse);
        results[3].As<long>().ToArray().ShouldBe(elements.Select(element => element == 2 || float.IsNaN(element) ? 2L : 1));
    }

    [Fact]
    public void Texts_are_broadcast_by_sizes_of_the_run() =>
        new OneNode("StringConcat", string.Empty, 20).Texts("n=2,1", "a", "b").Texts("m=3", "x", "y", "z").Run(OnnxElementType.String)[0].Strings.ShouldBe(["ax", "ay", "az", "bx", "by", "bz"]);

    [Fact]
    public void The_oldest_Tile_repeats_along_one_axis() =>
        new OneNode("Tile", string.Empty, 5).Of("n=1,2", 1f, 2).Of("", 3f).Of("", 1f).Run()[0].As<float>().ToArray().ShouldBe([1, 2, 1, 2, 1, 2]);

    [Fact]
    public void Another_size_of_truth_values() =>
        new OneNode("Resize", string.Empty).Of("n=1,3", true, false, true).Absent().Of("2", 2f, 2).Constant().Run(OnnxElementType.Bool)[0].As<bool>().ToArray()
            .ShouldBe([true, true, false, false, true, true, true, true, false, false, true, true]);

    [Fact]
    public void Attention_with_values_and_masks_of_another_type()
    {
        static OneNode Node() => new OneNode("Attention", string.Empty, 23).Floats("n=2,4,s=3,8").Floats("n=2,2,t=5,8");
        ShouldBeNear(Node().Doubles("n=2,2,t=5,6").Doubles("s=3,t=5"), Node().Floats("n=2,2,t=5,6").Floats("s=3,t=5"));
    }

    [Fact]
    public void Attention_of_heads_whose_size_a_run_knows() =>
        ShouldBeNear(
            new OneNode("Attention", string.Empty, 23).Floats("n=2,4,s=3,d=8").Floats("n=2,2,t=5,d=8").Floats("n=2,2,t=5,e=6"),
            new OneNode("Attention", string.Empty, 23).Floats("2,4,3,8").Floats("2,2,5,8").Floats("2,2,5,6"));

    [Theory]
    [InlineData(2, -1, 0)]
    [InlineData(1, 2, 0)]
    [InlineData(-1, 0, 0)]
    [InlineData(3, 1, 1)]
    public void Attention_sees_a_window(int left, int right, int isCausal)
    {
        static OneNode Node() => new OneNode("Attention", string.Empty, 25).Floats("2,2,6,4").Floats("2,2,7,4").Floats("2,2,7,4");
        bool[] mask = [.. Enumerable.Range(0, 6 * 7).Select(i => (left < 0 || (i / 7) - (i % 7) <= left) && (right < 0 || (i % 7) - (i / 7) <= right) && (isCausal == 0 || i % 7 <= i / 7))];
        ShouldBeNear(Node().With("left_window_size", left).With("right_window_size", right).With("is_causal", isCausal), Node().Of("6,7", mask));
    }

    // They are ordered by their real parts, then by the imaginary ones.
    [Fact]
    public void The_different_complex_numbers()
    {
        OneNode Node() => new OneNode("Unique", string.Empty).Outputs(true, true, true, true);
        var types = new[] { OnnxElementType.Complex64, OnnxElementType.Int64, OnnxElementType.Int64, OnnxElementType.Int64 };
        var narrow = Node().Of<Complex64>("n=5", new(2, 1), new(-1, 5), new(2, -1), new(2, 1), new(-1, 5)).Run(types);
        types[0] = OnnxElementType.Complex128;
        var wide = Node().Of<Complex>("n=5", new(2, 1), new(-1, 5), new(2, -1), new(2, 1), new(-1, 5)).Run(types);

        narrow[0].As<Complex64>().ToArray().ShouldBe([new(-1, 5), new(2, -1), new(2, 1)]);
        wide[0].As<Complex>().ToArray().ShouldBe([new(-1, 5), new(2, -1), new(2, 1)]);
        foreach (var outputs in new[] { narrow, wide })
        {
            outputs[1].As<long>().ToArray().ShouldBe([1, 2, 0]);
            outputs[2].As<long>().ToArray().ShouldBe([2, 0, 1, 2, 0]);
            outputs[3].As<long>().ToArray().ShouldBe([2, 1, 2]);
        }
    }

    // Windows of 1x2 that overlap in the middle of an image of 1x3.
    [Fact]
    public void Columns_of_complex_numbers()
    {
        OneNode Image(OneNode node) => node.Of("2", 1L, 3L).Constant().Of("2", 1L, 2L).Constant();
        var narrow = Image(new OneNode("Col2Im", string.Empty, 18).Of<Complex64>("n=1,2,2", new(1, 2), new(3, 4), new(5, 6), new(7, 8))).Run(OnnxElementType.Complex64)[0];
        var wide = Image(new OneNode("Col2Im", string.Empty, 18).Of<Complex>("n=1,2,2", new(1, 2), new(3, 4), new(5, 6), new(7, 8))).Run(OnnxElementType.Complex128)[0];

        narrow.As<Complex64>().ToArray().ShouldBe([new(1, 2), new(8, 10), new(7, 8)]);
        wide.As<Complex>().ToArray().ShouldBe([new(1, 2), new(8, 10), new(7, 8)]);
    }

    private static void ShouldBeNear(OneNode node, OneNode expected)
    {
        foreach (var (actual, other) in node.Run([.. Enumerable.Repeat(OnnxElementType.Undefined, 3)]).Zip(expected.Run()))
        {
            actual.Dims.ShouldBe(other.Dims);
            var (a, b) = (TensorNumbers.ToDoubles(actual)!, TensorNumbers.ToDoubles(other)!);
            a.Zip(b, (x, y) => Math.Abs(x - y)).Max().ShouldBeLessThan(2e-5);
        }
    }
}
