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
    public void Every_part_is_done_once_before_the_call_returns()
    {
        const int Most = 17;
        var counts = stackalloc int[Most];
        for (var round = 0; round < 200; round++)
        {
            for (var parts = 2; parts <= Most; parts++)
            {
                new Span<int>(counts, Most).Clear();
                Crowd.RunParts(&CountPart, counts, parts);
                new ReadOnlySpan<int>(counts, Most).ToArray().ShouldBe([.. Enumerable.Repeat(1, parts), .. Enumerable.Repeat(0, Most - parts)], $"{parts} parts");
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
        for (var round = 0; round < 20; round++)
        {
            Thread.Sleep(2);
            var present = 0;
            pool.RunParts(&WaitForOneMore, &present, 2);
            present.ShouldBe(2);
        }
    }

    [Fact]
    public void A_call_allocates_nothing_once_the_helpers_run()
    {
        var counts = stackalloc int[4];
        Crowd.RunParts(&CountPart, counts, 4);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++)
        {
            Crowd.RunParts(&CountPart, counts, 4);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
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
        var sum = 0;
        Crowd.RunParts(&ForkAgain, &sum, 4);
        sum.ShouldBe(4 * Whole);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void An_exception_in_any_part_reaches_the_caller_when_all_parts_are_done(int failing)
    {
        var counts = stackalloc int[4];
        for (var round = 0; round < 100; round++)
        {
            new Span<int>(counts, 3).Clear();
            counts[3] = failing;
            string? message = null;
            try
            {
                Crowd.RunParts(&FailOne, counts, 3);
            }
            catch (InvalidTimeZoneException exception)
            {
                message = exception.Message;
            }

            message.ShouldBe($"part {failing}");
            (counts[0], counts[1], counts[2]).ShouldBe((1, 1, 1));
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
        pool.RunParts(&CountPart, counts, 2);
        (counts[0], counts[1]).ShouldBe((2, 1));
    }

    // Divisible by every number of parts up to 8.
    private const int Whole = 840;

    private static void CountPart(void* job, int part, int parts) => Interlocked.Increment(ref ((int*)job)[part]);

    private static void AddShare(void* job, int part, int parts) => Interlocked.Add(ref *(int*)job, Whole / parts);

    private static void ForkAgain(void* job, int part, int parts) => Crowd.RunParts(&AddShare, job, 3);

    private static void FailOne(void* job, int part, int parts)
    {
        var counts = (int*)job;
        Interlocked.Increment(ref counts[part]);
        if (part == counts[3])
        {
            throw new InvalidTimeZoneException($"part {part}");
        }
    }

    // Returns when two threads are here at once, which takes a helper that is awake.
    private static void WaitForOneMore(void* job, int part, int parts)
    {
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
