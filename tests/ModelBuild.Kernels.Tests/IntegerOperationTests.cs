using Shouldly;
using Xunit;

namespace ModelBuild.Kernels.Tests;

/// <summary>The corners in which integer operations of ONNX differ from those of C#, or are left open and defined by us.</summary>
public sealed class IntegerOperationTests
{
    [Fact]
    public void Arithmetic_wraps_around()
    {
        default(Add<byte>).Invoke(250, 10).ShouldBe((byte)4);
        default(Sub<sbyte>).Invoke(-100, 100).ShouldBe((sbyte)56);
        default(Mul<int>).Invoke(1 << 20, 1 << 13).ShouldBe(0);
        default(Neg<int>).Invoke(int.MinValue).ShouldBe(int.MinValue);
        default(Abs<long>).Invoke(long.MinValue).ShouldBe(long.MinValue);
        default(Sign<sbyte>).Invoke(-128).ShouldBe((sbyte)-1);
    }

    [Theory]
    [InlineData(7, 2, 3, 1, 1)]
    [InlineData(-7, 2, -3, 1, -1)]
    [InlineData(7, -2, -3, -1, 1)]
    [InlineData(-7, -2, 3, -1, -1)]
    [InlineData(7, 0, 0, 0, 0)]
    [InlineData(int.MinValue, -1, int.MinValue, 0, 0)]
    public void Division_truncates_and_both_remainders_are_defined(int a, int b, int quotient, int mod, int fmod)
    {
        default(DivInteger<int>).Invoke(a, b).ShouldBe(quotient);
        default(Mod<int>).Invoke(a, b).ShouldBe(mod);
        default(FMod<int>).Invoke(a, b).ShouldBe(fmod);
    }

    [Fact]
    public void The_largest_unsigned_value_is_not_taken_for_minus_one()
    {
        default(DivInteger<byte>).Invoke(200, 255).ShouldBe((byte)0);
        default(Mod<byte>).Invoke(200, 255).ShouldBe((byte)200);
        default(PowInteger<byte>).Invoke(255, 1).ShouldBe((byte)255);
    }

    [Fact]
    public void The_floating_point_remainder_has_the_sign_of_the_dividend()
    {
        default(FMod<float>).Invoke(-5.5f, 2f).ShouldBe(-1.5f);
        default(FMod<float>).Invoke(1f, 0f).ShouldBe(float.NaN);
        default(FMod<double>).Invoke(5.5, -2).ShouldBe(1.5);
    }

    [Theory]
    [InlineData(3, 4, 81)]
    [InlineData(-2, 3, -8)]
    [InlineData(5, 0, 1)]
    [InlineData(2, -1, 0)]
    [InlineData(-1, -3, -1)]
    [InlineData(-1, -4, 1)]
    [InlineData(0, -1, 0)]
    public void Powers_of_integers_are_exact(int a, int b, int expected) => default(PowInteger<int>).Invoke(a, b).ShouldBe(expected);

    [Fact]
    public void Comparisons_with_NaN_are_false()
    {
        default(Equal<float>).Invoke(float.NaN, float.NaN).ShouldBeFalse();
        default(LessOrEqual<float>).Invoke(float.NaN, 1f).ShouldBeFalse();
        default(GreaterOrEqual<float>).Invoke(1f, float.NaN).ShouldBeFalse();
        default(Less<long>).Invoke(-1, 1).ShouldBeTrue();
        default(Greater<float>).Invoke(1f, -1f).ShouldBeTrue();
        default(Equal<float>).Invoke(-0f, 0f).ShouldBeTrue();
    }

    [Fact]
    public void Rows_broadcast_and_give_results_of_another_type()
    {
        var y = new bool[6];
        Binary.RunBroadcast([1L, 2, 3, 4, 5, 6], [3L], y, new BroadcastShape(Rank: 1, D0: 6, A0: 1), default(Less<long>));
        y.ShouldBe([true, true, false, false, false, false]);
        Binary.RunBroadcast([1L, 2, 3, 4, 5, 6], [2L, 4], y, new BroadcastShape(Rank: 2, D0: 2, D1: 3, A0: 3, A1: 1, B0: 1), default(Greater<long>));
        y.ShouldBe([false, false, true, false, true, true]);
        Unary.Run<bool, bool, Not>(y, y, default);
        y.ShouldBe([true, true, false, true, false, false]);
        Binary.Run([true, true, false, false, true, false], y, y, default(Xor));
        y.ShouldBe([false, false, false, true, true, false]);
    }

    [Fact]
    public void Infinities_and_NaN_are_told_apart()
    {
        default(IsNaN<float>).Invoke(float.NaN).ShouldBeTrue();
        default(IsNaN<float>).Invoke(float.PositiveInfinity).ShouldBeFalse();
        new IsInf<float>(true, false).Invoke(float.NegativeInfinity).ShouldBeFalse();
        new IsInf<float>(true, true).Invoke(float.NegativeInfinity).ShouldBeTrue();
        new IsInf<double>(false, true).Invoke(double.PositiveInfinity).ShouldBeFalse();
    }

    [Fact]
    public void Where_broadcasts_all_three()
    {
        var y = new int[6];
        Where.RunBroadcast([true, false], [1, 2, 3], [-9], y, new SelectShape(Rank: 2, D0: 2, D1: 3, C0: 1, A1: 1));
        y.ShouldBe([1, 2, 3, -9, -9, -9]);
        Where.Run([false, true, false, true, false, true], [1, 1, 1, 1, 1, 1], y, y);
        y.ShouldBe([1, 1, 3, 1, -9, 1]);
    }

    [Theory]
    [InlineData(false, 3, 1)]
    [InlineData(true, 4, 2)]
    public void Of_equal_values_the_first_or_the_last_counts(bool last, long largest, long smallest)
    {
        var y = new long[2];
        ArgMax.Run([1f, -1f, -1f, 5f, 5f, 0f, 0f, 0f, 0f, 0f], y, 2, 5, 1, last);
        y.ShouldBe([largest, last ? 4 : 0]);
        ArgMin.Run([1f, -1f, -1f, 5f, 5f, 0f, 0f, 0f, 0f, 0f], y, 2, 5, 1, last);
        y.ShouldBe([smallest, last ? 4 : 0]);
    }

    [Fact]
    public void NaN_wins_every_search()
    {
        var y = new long[2];
        ArgMax.Run([1f, 2f, float.NaN, 0f, 9f, float.NaN], y, 1, 3, 2, false);
        y.ShouldBe([1, 2]);
        ArgMin.Run([1f, 2f, float.NaN, 0f, -9f, float.NaN], y, 1, 3, 2, false);
        y.ShouldBe([1, 2]);
    }
}
