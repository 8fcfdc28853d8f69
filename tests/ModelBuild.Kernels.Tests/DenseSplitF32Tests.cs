using Shouldly;
using Xunit;

namespace ModelBuild.Kernels.Tests;

public sealed class DenseSplitF32Tests
{
    private const float None = float.PositiveInfinity;

    public static TheoryData<int> Levels => IsaLevels.Theory;

    [Fact]
    public void The_reference_adds_every_fourth_product_to_the_same_chain()
    {
        // Chains: 1e8 - 1e8 = 0 (products 0 and 4), 1, 2, 3 and the bias: a single chain would lose the bias to the first product.
        var shape = new DenseShape(5, 1);
        var (weights, bias) = Pack([1e8f, 1, 2, 3, -1e8f], [8], shape);
        var y = new float[1];
        DenseSplitF32.Reference([1, 1, 1, 1, 1], weights, bias, y, 1, shape, -None, None);
        y.ShouldBe([14]);
        DenseSplitF32.Reference([1, 1, 1, 1, 1], weights, bias, y, 1, shape, -None, 9);
        y.ShouldBe([9]);
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Every_instruction_set_equals_the_reference(int level)
    {
        for (var outputs = 1; outputs <= 70; outputs++)
        {
            Check((IsaLevel)level, 1, new DenseShape(outputs % 13, outputs), -None, None, outputs, 7);
            Check((IsaLevel)level, 3, new DenseShape(100 - outputs, outputs), 0, 6, outputs, int.MaxValue);
        }
    }

    [Theory]
    [InlineData(128, 10, true)]
    [InlineData(107, 64, false)]
    [InlineData(4, 10, false)]
    public void Layers_of_few_outputs_suit(int inputs, int outputs, bool suits) => DenseSplitF32.Suits(new DenseShape(inputs, outputs)).ShouldBe(suits);

    private static void Check(IsaLevel level, int rows, DenseShape shape, float min, float max, int seed, int extremeOneIn)
    {
        var (weights, bias) = Pack(
            FloatSamples.Wild(shape.Inputs * shape.Outputs, seed, extremeOneIn), FloatSamples.Wild(shape.Outputs, seed + 100, extremeOneIn), shape);
        var x = new Guarded<float>(FloatSamples.Wild(rows * shape.Inputs, seed + 200, extremeOneIn));
        var y = new Guarded<float>(rows * shape.Outputs);
        var expected = new float[rows * shape.Outputs];
        var context = $"{level} {rows} rows {shape} {min}..{max}";
        DenseSplitF32.Reference(x.Span, weights, bias, expected, rows, shape, min, max);
        DenseSplitF32.RunOn(level, x.Span, weights, bias, y.Span, rows, shape, min, max);
        Bits.ShouldEqual<float>(y.Span, expected, context);
        y.AssertIntact(context);
    }

    private static (float[] Weights, float[] Bias) Pack(float[] weights, float[] bias, DenseShape shape)
    {
        var packed = new float[DenseF32.PackedLength(shape)];
        var packedBias = new float[DenseF32.PackedBiasLength(shape)];
        DenseF32.Pack(weights, shape, packed);
        DenseF32.PackBias(bias, shape, packedBias);
        return (packed, packedBias);
    }
}
