using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using ModelBuild.Compiler.Calibration;
using Shouldly;
using Xunit;

namespace ModelBuild.Compiler.Tests.Calibration;

public class HistogramTests
{
    [Fact]
    public void It_knows_the_extremes_exactly()
    {
        var histogram = new Histogram();
        histogram.Add([0.1f, -3.7f, 2]);
        histogram.Add([1e20f, 5, float.NaN, float.PositiveInfinity]);

        (histogram.Min, histogram.Max, histogram.Count).ShouldBe((-3.7f, 1e20f, 5));
        histogram.Range(100).ShouldBe((-3.7f, 1e20f));
    }

    [Fact]
    public void A_percentile_leaves_out_the_outermost_values_of_each_side()
    {
        var histogram = new Histogram();
        histogram.Add([.. Enumerable.Range(0, 1000).Select(i => (float)i), -1e6f, 1e6f]);

        var (min, max) = histogram.Range(99.9);
        min.ShouldBeInRange(-600, 0); // The range has grown to 2^20: a bin is 512 wide.
        max.ShouldBeInRange(999, 1536);
    }

    [Fact]
    public void A_side_may_end_beyond_zero()
    {
        var histogram = new Histogram();
        histogram.Add([.. Enumerable.Repeat(8f, 1000), -8f]);

        histogram.Range(99).Min.ShouldBeInRange(7.9f, 8);
        histogram.Range(100).Min.ShouldBe(-8);
    }

    [Fact]
    public void The_order_of_the_values_does_not_matter() => Prop.ForAll<float[]>(values =>
    {
        var finite = values.Where(float.IsFinite).ToArray();
        var (together, apart) = (new Histogram(), new Histogram());
        together.Add(finite);
        foreach (var value in finite.Reverse())
        {
            apart.Add([value]);
        }

        foreach (var percent in new[] { 50, 90, 99, 100 })
        {
            apart.Range(percent).ShouldBe(together.Range(percent));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_range_covers_its_share_on_each_side() => Prop.ForAll<float[]>(values =>
    {
        var finite = values.Where(float.IsFinite).ToArray();
        var histogram = new Histogram();
        histogram.Add(finite);
        var (min, max) = histogram.Range(75);
        finite.Count(value => value > max).ShouldBeLessThanOrEqualTo(finite.Length / 4);
        finite.Count(value => value < min).ShouldBeLessThanOrEqualTo(finite.Length / 4);
    }).QuickCheckThrowOnFailure();
}
