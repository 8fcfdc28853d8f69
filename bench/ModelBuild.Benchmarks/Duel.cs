using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using ModelBuild.Testing;

namespace ModelBuild.Benchmarks;

/// <summary>
/// Times two contenders on the same inputs in one process. They take turns, a round of some 30 ms each, so that a change of the
/// machine's speed meets both. A round is many batches, each short enough to fit between two interruptions by other processes,
/// and the best batch counts, since all disturbance makes slower.
/// </summary>
internal sealed class Duel
{
    private const double RoundMilliseconds = 30;

    // A thousand times the clock's resolution and a tenth of a scheduler's time slice.
    private const double BatchMilliseconds = 0.25;

    // Long enough for the runtime to compile and to recompile with optimization.
    private const double WarmUpMilliseconds = 400;

    private readonly BenchmarkModel _model;
    private readonly IContender[] _contenders;
    private readonly int[] _callsPerBatch;

    private Duel(BenchmarkModel model, params IContender[] contenders)
    {
        _model = model;
        _contenders = contenders;
        IReadOnlyList<Tensor> first = model.Sample(0);
        _callsPerBatch = [.. contenders.Select(c => CallsPerBatch(c, first))];
    }

    public static (Measurement Ours, Measurement Theirs) Run(BenchmarkModel model, IContender ours, IContender theirs, int rounds)
    {
        Duel duel = new(model, ours, theirs);
        double[] best = [double.PositiveInfinity, double.PositiveInfinity];
        for (int round = 0; round < rounds; round++)
        {
            IReadOnlyList<Tensor> sample = model.Sample(round % model.SampleCount);
            for (int c = 0; c < best.Length; c++)
            {
                // Who goes first alternates, too.
                int turn = (round + c) % best.Length;
                best[turn] = Math.Min(best[turn], duel.Round(turn, sample));
            }
        }

        return (duel.Measure(0, best[0]), duel.Measure(1, best[1]));
    }

    private static int CallsPerBatch(IContender contender, IReadOnlyList<Tensor> sample)
    {
        contender.Load(sample);
        Stopwatch clock = Stopwatch.StartNew();
        int calls = 0;
        double best = double.PositiveInfinity;
        while (clock.Elapsed.TotalMilliseconds < WarmUpMilliseconds || calls < 3)
        {
            double before = clock.Elapsed.TotalMilliseconds;
            contender.Run();
            best = Math.Min(best, clock.Elapsed.TotalMilliseconds - before);
            calls++;
        }

        return (int)Math.Clamp(BatchMilliseconds / best, 1, 1_000_000);
    }

    /// <summary>Microseconds a call, in the best batch.</summary>
    private double Round(int index, IReadOnlyList<Tensor> sample)
    {
        IContender contender = _contenders[index];
        int calls = _callsPerBatch[index];
        contender.Load(sample);
        contender.Run();
        double best = double.PositiveInfinity;
        long roundStart = Stopwatch.GetTimestamp();
        do
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < calls; i++)
            {
                contender.Run();
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMicroseconds / calls);
        }
        while (Stopwatch.GetElapsedTime(roundStart).TotalMilliseconds < RoundMilliseconds);
        return best;
    }

    private Measurement Measure(int index, double microseconds)
    {
        const int Calls = 16;
        IContender contender = _contenders[index];
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Calls; i++)
        {
            contender.Run();
        }

        double allocated = (double)(GC.GetAllocatedBytesForCurrentThread() - before) / Calls;
        return new Measurement(microseconds, allocated, contender.ModelBytes, _model.Accuracy(contender));
    }
}

/// <summary>What one contender did: the best time of a call, the managed bytes a call allocates, what ships, and the accuracy.</summary>
internal sealed record Measurement(double Microseconds, double AllocatedBytes, long ModelBytes, double? Accuracy);
