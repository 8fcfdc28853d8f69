using Shouldly;
using Xunit;

namespace ModelBuild.Kernels.Tests;

public sealed class UnaryF32Tests
{
    private static readonly int[] Lengths = [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 1000];

    [Fact]
    public void Every_operation_gives_the_same_bits_on_every_instruction_set()
    {
        Same(default(IdentityF32));
        Same(default(ReluF32));
        Same(new ClampF32(-1f, 6f));
        Same(new LeakyReluF32(0.1f));
        Same(new ThresholdedReluF32(0.7f));
        Same(new HardSigmoidF32(0.2f, 0.5f));
        Same(default(HardSwishF32));
        Same(default(SqrtF32));
        Same(default(ReciprocalF32));
        Same(default(AbsF32));
        Same(default(NegF32));
        Same(default(FloorF32));
        Same(default(CeilF32));
        Same(default(RoundF32));
        Same(default(SignF32));
        Same(default(SoftsignF32));
        Same(default(SquareF32));
        Same(default(ExpF32));
        Same(default(LogF32));
        Same(default(TanhF32));
        Same(default(SigmoidF32));
        Same(default(ErfF32));
        Same(default(SinF32));
        Same(default(CosF32));
        Same(new EluF32(1f));
        Same(new SeluF32(1.67326f, 1.0507f));
        Same(new CeluF32(2f));
        Same(default(GeluF32));
        Same(default(GeluTanhF32));
        Same(default(SoftplusF32));
        Same(new SwishF32(1f));
        Same(default(MishF32));
    }

    [Fact]
    public void The_bounds_of_a_kink_keep_NaN_and_the_sign_of_zero()
    {
        Apply(float.NaN, default(ReluF32)).ShouldBe(float.NaN);
        float.IsNegative(Apply(-0f, default(ReluF32))).ShouldBeTrue();
        Apply(float.NaN, new ClampF32(0f, 6f)).ShouldBe(float.NaN);
        Apply(7f, new ClampF32(0f, 6f)).ShouldBe(6f);
        Apply(-7f, new ClampF32(float.NegativeInfinity, 6f)).ShouldBe(-7f);
        Apply(3f, new ClampF32(5f, 1f)).ShouldBe(1f);
    }

    [Theory]
    [InlineData(-3f, 0f)]
    [InlineData(-1f, -1f / 3f)]
    [InlineData(0f, 0f)]
    [InlineData(1f, 2f / 3f)]
    [InlineData(3f, 3f)]
    [InlineData(5f, 5f)]
    public void HardSwish_has_its_known_values(float x, float expected) => Apply(x, default(HardSwishF32)).ShouldBe(expected, 1e-6f);

    [Theory]
    [InlineData(0.5f, 0f)]
    [InlineData(1.5f, 2f)]
    [InlineData(2.5f, 2f)]
    [InlineData(-1.5f, -2f)]
    public void Round_takes_halves_to_even(float x, float expected) => Apply(x, default(RoundF32)).ShouldBe(expected);

    [Fact]
    public void Sign_of_zero_and_NaN_is_itself()
    {
        Apply(-3f, default(SignF32)).ShouldBe(-1f);
        Apply(1e-40f, default(SignF32)).ShouldBe(1f);
        Apply(0f, default(SignF32)).ShouldBe(0f);
        Apply(float.NaN, default(SignF32)).ShouldBe(float.NaN);
    }

    /// <summary>Compares all levels with Reference, into another buffer and in place, with guards around both.</summary>
    internal static void Same<TOperation>(TOperation operation)
        where TOperation : struct, IUnaryF32
    {
        foreach (var length in Lengths)
        {
            Same(FloatSamples.Wild(length, length), operation);
        }
    }

    /// <summary>The same for given values.</summary>
    internal static void Same<TOperation>(float[] values, TOperation operation)
        where TOperation : struct, IUnaryF32
    {
        var expected = new float[values.Length];
        UnaryF32.Reference(values, expected, operation);
        foreach (var isa in IsaLevels.Supported)
        {
            var context = $"{operation} of {values.Length} on {isa}";
            var x = new Guarded<float>(values);
            var y = new Guarded<float>(values.Length);
            UnaryF32.RunOn(isa, x.Span, y.Span, operation);
            Bits.ShouldEqual<float>(y.Span, expected, context);
            y.AssertIntact(context);

            UnaryF32.RunOn(isa, x.Span, x.Span, operation);
            Bits.ShouldEqual<float>(x.Span, expected, context + " in place");
            x.AssertIntact(context);
        }
    }

    internal static float Apply<TOperation>(float x, TOperation operation)
        where TOperation : struct, IUnaryF32 => operation.Invoke(new ScalarF32(x)).Value;
}
