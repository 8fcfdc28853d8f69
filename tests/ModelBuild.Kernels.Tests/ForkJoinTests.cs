using System;
using System.Linq;
using System.Threading;
using Shouldly;
using Xunit;

namespace ModelBuild.Kernels.Tests;

public sealed unsafe class ForkJoinTests
{
    // More helpers than most machines have processors: what must work when others use the processors, too.
    private static readonly ForkJoin Crowd = new(40);

    [Fact]
    public void Every_unit_of_the_work_is_done_once_before_the_call_returns()
    {
        var counts = stackalloc int[Whole];
        for (var round = 0; round < 200; round++)
        {
            for (var parts = 2; parts <= 17; parts++)
            {
                new Span<int>(counts, Whole).Clear();
                Crowd.RunParts(&CountUnits, counts, parts);
                new ReadOnlySpan<int>(counts, Whole).ContainsAnyExcept(1).ShouldBeFalse($"{parts} parts");
            }
        }
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(3, 1)]
    public void Without_help_the_whole_is_one_part(int helpers, int parts)
    {
        var counts = stackalloc int[2];
        new Span<int>(counts, 2).Clear();
        new ForkJoin(helpers).RunParts(&CountPart, counts, parts);
        (counts[0], counts[1]).ShouldBe((1, 0));
    }

    [Fact]
    public void Helpers_that_sleep_wake_up()
    {
        var pool = new ForkJoin(1);
        var helped = 0;
        for (var start = Environment.TickCount64; helped < 20 && Environment.TickCount64 - start < 60_000;)
        {
            // Long enough for the helper to fall asleep, and for a pause after a helper that was late to end at some time.
            Thread.Sleep(2);
            var present = 0;
            pool.RunParts(&WaitForOneMore, &present, 2);
            helped += present == 2 ? 1 : 0;
        }

        helped.ShouldBe(20);
    }

    [Fact]
    public void Brief_work_wakes_nobody_at_first()
    {
        var counts = stackalloc int[2];
        new Span<int>(counts, 2).Clear();
        new ForkJoin(1).RunParts(&CountPart, counts, parts: 1, brief: 2);
        (counts[0], counts[1]).ShouldBe((1, 0));
    }

    [Fact]
    public void Brief_work_that_keeps_coming_gets_help()
    {
        var pool = new ForkJoin(1);
        var helped = 0;
        for (var start = Environment.TickCount64; helped < 20 && Environment.TickCount64 - start < 60_000;)
        {
            var present = 0;
            pool.RunParts(&WaitForOneMore, &present, parts: 1, brief: 2);
            helped += present == 2 ? 1 : 0;
        }

        helped.ShouldBe(20);
    }

    [Fact]
    public void Every_unit_of_brief_work_is_done_once()
    {
        var counts = stackalloc int[Whole];
        for (var round = 0; round < 2000; round++)
        {
            new Span<int>(counts, Whole).Clear();
            Crowd.RunParts(&CountUnits, counts, parts: round % 3, brief: 2 + (round % 7));
            new ReadOnlySpan<int>(counts, Whole).ContainsAnyExcept(1).ShouldBeFalse($"round {round}");
        }
    }

    [Fact]
    public void A_call_allocates_nothing_once_the_helpers_run()
    {
        var counts = stackalloc int[Whole];

        // Helpers start with the first call that is not in a pause, and no pause is as long as this.
        for (var start = Environment.TickCount64; Environment.TickCount64 - start < 500;)
        {
            Crowd.RunParts(&CountUnits, counts, 4);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++)
        {
            Crowd.RunParts(&CountUnits, counts, 4);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void Only_the_first_call_starts_helpers()
    {
        var counts = stackalloc int[2];
        var pool = new ForkJoin(1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        pool.RunParts(&CountPart, counts, parts: 1, brief: 2);
        var first = GC.GetAllocatedBytesForCurrentThread() - before;

        // Brief work that keeps coming wakes the helper at some time, and must not have to make it.
        before = GC.GetAllocatedBytesForCurrentThread();
        for (var start = Environment.TickCount64; Environment.TickCount64 - start < 100;)
        {
            pool.RunParts(&CountPart, counts, parts: 1, brief: 2);
        }

        var later = GC.GetAllocatedBytesForCurrentThread() - before;
        first.ShouldBeGreaterThan(0);
        later.ShouldBe(0);
    }

    [Fact]
    public void Sixteen_callers_do_not_disturb_each_other()
    {
        var wrong = 0;
        var callers = Enumerable.Range(0, 16).Select(caller => new Thread(() =>
        {
            for (var round = 0; round < 500; round++)
            {
                var sum = 0;
                Crowd.RunParts(&AddShare, &sum, 1 + ((caller + round) % 7));
                Interlocked.Add(ref wrong, sum == Whole ? 0 : 1);
            }
        })).ToList();
        callers.ForEach(caller => caller.Start());
        callers.ForEach(caller => caller.Join());
        wrong.ShouldBe(0);
    }

    [Fact]
    public void A_part_may_fork_itself()
    {
        // How often a part forks depends on whether the caller is left alone, and what each gives does not.
        var sums = stackalloc int[2];
        for (var round = 0; round < 100; round++)
        {
            new Span<int>(sums, 2).Clear();
            Crowd.RunParts(&ForkAgain, sums, 4);
            sums[1].ShouldBeOneOf(1, 4);
            sums[0].ShouldBe(sums[1] * Whole);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Whole / 2)]
    [InlineData(Whole - 1)]
    public void An_exception_in_any_part_reaches_the_caller_when_all_parts_are_done(int failing)
    {
        var counts = stackalloc int[Whole + 1];
        for (var round = 0; round < 100; round++)
        {
            new Span<int>(counts, Whole).Clear();
            counts[Whole] = failing;
            string? message = null;
            try
            {
                Crowd.RunParts(&FailAtUnit, counts, 3);
            }
            catch (InvalidTimeZoneException exception)
            {
                message = exception.Message;
            }

            message.ShouldBe($"unit {failing}");
            new ReadOnlySpan<int>(counts, Whole).ContainsAnyExcept(1).ShouldBeFalse();
        }
    }

    [Fact]
    public void A_caller_who_finds_the_helpers_busy_works_alone()
    {
        var pool = new ForkJoin(1);
        var gate = stackalloc int[2];
        (gate[0], gate[1]) = (0, 0);
        var address = (nint)gate;
        var first = new Thread(() => pool.RunParts(&WaitAtGate, (void*)address, 2));
        first.Start();
        SpinWait.SpinUntil(() => Volatile.Read(ref ((int*)address)[0]) > 0);

        var counts = stackalloc int[2];
        new Span<int>(counts, 2).Clear();
        pool.RunParts(&CountPart, counts, 2);
        (counts[0], counts[1]).ShouldBe((1, 0));

        Volatile.Write(ref gate[1], 1);
        first.Join();
        gate[0].ShouldBe(2);
    }

    // Divisible by every number of parts up to 8.
    private const int Whole = 840;

    // The parts by their numbers, for at most two.
    private static void CountPart(void* job, int part, int parts) => Interlocked.Increment(ref ((int*)job)[part]);

    private static void AddShare(void* job, int part, int parts) => Interlocked.Add(ref *(int*)job, Whole / parts);

    private static void ForkAgain(void* job, int part, int parts)
    {
        Interlocked.Increment(ref ((int*)job)[1]);
        Crowd.RunParts(&AddShare, job, 3);
    }

    private static void CountUnits(void* job, int part, int parts)
    {
        var share = Share.Of(Whole, part, parts);
        for (var unit = share.Begin; unit < share.End; unit++)
        {
            Interlocked.Increment(ref ((int*)job)[unit]);
        }
    }

    private static void FailAtUnit(void* job, int part, int parts)
    {
        CountUnits(job, part, parts);
        var (share, failing) = (Share.Of(Whole, part, parts), ((int*)job)[Whole]);
        if (share.Begin <= failing && failing < share.End)
        {
            throw new InvalidTimeZoneException($"unit {failing}");
        }
    }

    // Returns when two threads are here at once, which takes a helper that is awake; a caller who is left alone does not wait.
    private static void WaitForOneMore(void* job, int part, int parts)
    {
        if (parts == 1)
        {
            return;
        }

        Interlocked.Increment(ref *(int*)job);
        var wait = default(SpinWait);
        while (Volatile.Read(ref *(int*)job) < 2)
        {
            wait.SpinOnce();
        }
    }

    private static void WaitAtGate(void* job, int part, int parts)
    {
        var gate = (int*)job;
        Interlocked.Increment(ref gate[0]);
        var wait = default(SpinWait);
        while (Volatile.Read(ref gate[1]) == 0)
        {
            wait.SpinOnce();
        }
    }
}
