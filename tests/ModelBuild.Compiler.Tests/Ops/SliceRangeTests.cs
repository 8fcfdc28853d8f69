using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using ModelBuild.Compiler.Ops;
using ModelBuild.Plan;
using Shouldly;
using Xunit;

namespace ModelBuild.Compiler.Tests.Ops;

/// <summary>A slice of a symbolic size is, at every size, the slice that ONNX defines.</summary>
public sealed class SliceRangeTests
{
    private static readonly Dim N = Dim.Symbol("n");

    [Fact]
    public void Constant_bounds_of_a_symbolic_axis_hold_at_every_size()
    {
        var bounds = Gen.OneOf(Gen.Choose(-9, 9), Gen.Elements(int.MaxValue, -int.MaxValue, int.MinValue));
        var cases = from start in bounds from end in bounds from step in Gen.Choose(-4, 4) where step != 0 from size in Gen.Choose(0, 8) select (start, end, step, size);
        Prop.ForAll(cases.ToArbitrary(), item => Check(item.start, item.end, item.step, item.size)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Bounds_that_are_expressions_may_turn_out_negative()
    {
        var cases = from start in Gen.Choose(-9, 9) from end in Gen.Choose(-9, 9) from size in Gen.Choose(0, 8) select (start, end, size);
        Prop.ForAll(cases.ToArbitrary(), item => Check(N + item.start, N + item.end, 1, item.size)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_whole_axis_is_recognised()
    {
        SliceRange.Of(N, 0, int.MaxValue, 1).ShouldBe(SliceRange.All(N));
        SliceRange.Of(N, 0, N, 1).ShouldBe(SliceRange.All(N));
        SliceRange.Of(N, -1, -int.MaxValue, -1).Length.ShouldBe(N);
    }

    private static void Check(Dim start, Dim end, long step, long size)
    {
        long At(Dim dim) => dim.Evaluate(_ => size);
        var range = SliceRange.Of(N, start, end, step);
        var actual = Enumerable.Range(0, (int)At(range.Length)).Select(i => At(range.First) + (i * step));
        actual.ShouldBe(Expected(At(start), At(end), step, size), $"n[{start}:{end}:{step}] of n = {size}");
    }

    // The specification, spelt out: bounds that are negative count from the end, then are clamped.
    private static List<long> Expected(long start, long end, long step, long size)
    {
        var result = new List<long>();
        if (size == 0)
        {
            return result;
        }

        long FromStart(long bound) => bound < 0 ? bound + size : bound;
        var first = Math.Clamp(FromStart(start), 0, step > 0 ? size : size - 1);
        var stop = step > 0 ? Math.Clamp(FromStart(end), 0, size) : Math.Clamp(FromStart(end), -1, size - 1);
        for (var i = first; step > 0 ? i < stop : i > stop; i += step)
        {
            result.Add(i);
        }

        return result;
    }
}
