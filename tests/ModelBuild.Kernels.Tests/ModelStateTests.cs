using System;
using System.Linq;
using Shouldly;
using Xunit;

namespace ModelBuild.Kernels.Tests;

/// <summary>What a stream leaves from one run to the next.</summary>
public class ModelStateTests
{
    [Fact]
    public void A_state_that_grows_keeps_its_values_and_seldom_allocates()
    {
        var state = new ModelState<float>(0);
        var allocations = 0;
        for (var length = 1; length <= 1000; length++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var next = state.Next(length);
            allocations += GC.GetAllocatedBytesForCurrentThread() > before ? 1 : 0;
            state.Current.CopyTo(next);
            next[^1] = length;
            state.Advance();
        }

        state.Current.ToArray().ShouldBe(Enumerable.Range(1, 1000).Select(i => (float)i));
        allocations.ShouldBeLessThan(40);
    }

    [Fact]
    public void What_a_run_writes_counts_only_when_it_is_over()
    {
        var state = new ModelState<int>(2);
        state.Next(3).Fill(7);
        state.Current.ToArray().ShouldBe([0, 0]);

        state.Advance();
        state.Current.ToArray().ShouldBe([7, 7, 7]);

        state.Reset();
        state.Current.ToArray().ShouldBe([0, 0]);
    }

    [Fact]
    public void A_state_that_has_shrunk_begins_anew_with_its_first_length()
    {
        var state = new ModelState<int>(4);
        state.Next(1)[0] = 5;
        state.Advance();
        state.Next(2).Fill(6);
        state.Advance();

        state.Reset();

        state.Current.ToArray().ShouldBe([0, 0, 0, 0]);
    }
}
