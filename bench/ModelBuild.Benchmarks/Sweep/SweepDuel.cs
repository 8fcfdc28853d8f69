using System;

namespace ModelBuild.Benchmarks.Sweep;

/// <summary>
/// Times two contenders in turns, as <see cref="Duel"/> does, but for a given time and by the time of the processor, so that a machine with other work to do
/// gives figures, too.
/// </summary>
internal static class SweepDuel
{
    private const double Round = 20e3;
    private const double Batch = 250;
    private const int LeastRounds = 3;

    /// <summary>Microseconds of a call, at best, of each.</summary>
    public static (double Ours, double Theirs) Run(IContender ours, IContender theirs, TimeSpan time)
    {
        IContender[] contenders = [ours, theirs];
        int[] calls = [CallsPerBatch(ours), CallsPerBatch(theirs)];
        double[] best = [double.PositiveInfinity, double.PositiveInfinity];
        double end = Clock.Microseconds + time.TotalMicroseconds;
        for (int round = 0; round < LeastRounds || Clock.Microseconds < end; round++)
        {
            for (int c = 0; c < best.Length; c++)
            {
                // Who goes first alternates, too.
                int turn = (round + c) % best.Length;
                best[turn] = Math.Min(best[turn], Best(contenders[turn], calls[turn], Round));
            }
        }

        return (best[0], best[1]);
    }

    private static int CallsPerBatch(IContender contender)
    {
        WarmUp.Run(contender);
        return (int)Math.Clamp(Batch / Best(contender, 1, Round), 1, 1_000_000);
    }

    private static double Best(IContender contender, int calls, double microseconds)
    {
        double best = double.PositiveInfinity;
        double end = Clock.Microseconds + microseconds;
        contender.Run();
        do
        {
            double start = Clock.Microseconds;
            for (int i = 0; i < calls; i++)
            {
                contender.Run();
            }

            best = Math.Min(best, (Clock.Microseconds - start) / calls);
        }
        while (Clock.Microseconds < end);
        return best;
    }
}
