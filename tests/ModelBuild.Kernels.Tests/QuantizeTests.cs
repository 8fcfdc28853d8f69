using System.Linq;
using Shouldly;
using Xunit;

namespace ModelBuild.Kernels.Tests;

public sealed class QuantizeTests
{
    private static readonly int[] Lengths = [0, 1, 3, 7, 8, 9, 15, 16, 17, 31, 33, 100, 1000];

    private static readonly float[] Extremes =
    [
        0f, -0f, 0.5f, 1.5f, 2.5f, -0.5f, -1.5f, 127.5f, 128.5f, 255f, 255.5f, 256f, 1e10f, -1e10f, 3e38f, -3e38f, float.PositiveInfinity,
        float.NegativeInfinity, float.NaN, float.Epsilon, 2147483648f, -2147483904f, 4194304.5f, 1e-30f,
    ];

    public static TheoryData<int> Levels => IsaLevels.Theory;

    [Theory]
    [MemberData(nameof(Levels))]
    public void Quantizing_gives_the_bits_of_the_reference(int level)
    {
        foreach (var length in Lengths)
        {
            foreach (var (scale, zeroPoint) in new[] { (0.017f, 0), (0.5f, 131), (1f, 255), (3e-9f, 7) })
            {
                var values = Int8Samples.Floats(length, 3f, length);
                for (var i = 0; i < length; i += 2)
                {
                    values[i] = Extremes[i / 2 % Extremes.Length];
                }

                var x = new Guarded<float>(values);
                var y = new Guarded<byte>(length);
                var expected = new byte[length];
                QuantizeLinearU8.Reference(values, expected, scale, zeroPoint);
                QuantizeLinearU8.RunOn((IsaLevel)level, x.Span, y.Span, scale, zeroPoint);
                Bits.ShouldEqual<byte>(y.Span, expected, $"{length} values, scale {scale}");
                y.AssertIntact();
            }
        }
    }

    [Theory]
    [InlineData(2.5f, 1f, 10, 12)]
    [InlineData(3.5f, 1f, 10, 14)]
    [InlineData(-2.5f, 1f, 10, 8)]
    [InlineData(1000f, 1f, 10, 255)]
    [InlineData(float.NegativeInfinity, 1f, 10, 0)]
    [InlineData(float.NaN, 1f, 10, 0)]
    public void Quantizing_rounds_half_to_even_and_saturates(float x, float scale, int zeroPoint, byte expected)
    {
        var y = new byte[1];
        QuantizeLinearU8.Reference([x], y, scale, zeroPoint);
        y[0].ShouldBe(expected);
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Dequantizing_gives_the_bits_of_the_reference(int level)
    {
        foreach (var length in Lengths)
        {
            var x = new Guarded<byte>(Int8Samples.Bytes(length, 3));
            var y = new Guarded<float>(length);
            var expected = new float[length];
            DequantizeLinearU8.Reference(x.Span, expected, 0.0371f, 131);
            DequantizeLinearU8.RunOn((IsaLevel)level, x.Span, y.Span, 0.0371f, 131);
            Bits.ShouldEqual<float>(y.Span, expected, $"{length} values");
            y.AssertIntact();
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Dynamic_quantizing_gives_the_bits_of_the_reference(int level)
    {
        foreach (var length in Lengths)
        {
            foreach (var shift in new[] { 0f, 5f, -5f })
            {
                var values = Int8Samples.Floats(length, 3f, length).Select(value => value + shift).ToArray();
                if (length > 20)
                {
                    values[11] = float.NaN;
                    values[12] = -0f;
                }

                var y = new Guarded<byte>(length);
                var expected = new byte[length];
                float[] scale = [0f], expectedScale = [0f];
                byte[] zeroPoint = [0], expectedZeroPoint = [0];
                DynamicQuantizeU8.Reference(values, expected, expectedScale, expectedZeroPoint);
                DynamicQuantizeU8.RunOn((IsaLevel)level, values, y.Span, scale, zeroPoint);
                Bits.ShouldEqual<byte>(y.Span, expected, $"{length} values");
                Bits.ShouldEqual<float>(scale, expectedScale, $"scale of {length} values");
                zeroPoint.ShouldBe(expectedZeroPoint);
                y.AssertIntact();
            }
        }
    }

    [Fact]
    public void Dynamic_quantizing_has_the_values_of_the_ONNX_specification()
    {
        // The worked example of the operator's specification.
        float[] x = [0f, 2f, -3f, -2.5f, 1.34f, 0.5f];
        var y = new byte[6];
        float[] scale = [0f];
        byte[] zeroPoint = [0];
        DynamicQuantizeU8.Reference(x, y, scale, zeroPoint);
        scale[0].ShouldBe(0.0196078438f);
        zeroPoint[0].ShouldBe((byte)153);
        y.ShouldBe([153, 255, 0, 26, 221, 179]);
    }

    [Fact]
    public void Dynamic_quantizing_of_zeros_has_scale_one()
    {
        var y = new byte[3];
        float[] scale = [0f];
        byte[] zeroPoint = [9];
        DynamicQuantizeU8.Run([0f, -0f, 0f], y, scale, zeroPoint);
        scale[0].ShouldBe(1f);
        zeroPoint[0].ShouldBe((byte)0);
        y.ShouldBe([0, 0, 0]);
    }

    [Fact]
    public void Quantizing_per_axis_works_for_every_type()
    {
        float[] x = [1f, 2f, -300f, 2.5f, 3.5f, 1e9f];
        var signed = new sbyte[6];
        QuantizeLinear.Run<sbyte>(x, [1f, 0.5f, 2f], [0, 10, -10], signed, 1, 3, 2);
        signed.ShouldBe([1, 2, -128, 15, -8, 127]);

        var words = new short[6];
        QuantizeLinear.Run<short>(x, [0.01f], [], words, 1, 1, 6);
        words.ShouldBe([100, 200, -30000, 250, 350, 32767]);

        var unsignedWords = new ushort[6];
        QuantizeLinear.Run<ushort>(x, [1f], [1000], unsignedWords, 1, 1, 6);
        unsignedWords.ShouldBe([1001, 1002, 700, 1002, 1004, 65535]);

        var bytes = new byte[6];
        QuantizeLinear.Run<byte>(x, [1f], [], bytes, 1, 1, 6);
        bytes.ShouldBe([1, 2, 0, 2, 4, 255]);
    }

    [Fact]
    public void Dequantizing_per_axis_works_for_every_type()
    {
        var y = new float[4];
        DequantizeLinear.Run<sbyte>([1, -128, 127, 5], [2f, 0.5f], [1, -1], y, 1, 2, 2);
        y.ShouldBe([0f, -258f, 64f, 3f]);
        DequantizeLinear.Run<int>([int.MinValue, int.MaxValue, 3, 0], [0.5f], [], y, 1, 1, 4);
        y.ShouldBe([-1073741824f, 1073741824f, 1.5f, 0f]);
        DequantizeLinear.Run<ushort>([0, 65535, 3, 1], [1f, 3f], [1, 0], y, 2, 2, 1);
        y.ShouldBe([-1f, 196605f, 2f, 3f]);
    }
}
