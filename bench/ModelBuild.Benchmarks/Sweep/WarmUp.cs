using System;
using System.Diagnostics;
using System.Runtime;
using System.Threading;

namespace ModelBuild.Benchmarks.Sweep;

/// <summary>
/// Runs a model until the runtime has compiled it with all optimizations. That happens on another thread, which has a queue: the C# compiler, which has just
/// run in this process, left thousands of its own methods in there.
/// </summary>
internal static class WarmUp
{
    // The runtime looks for hot methods when it has compiled nothing new for 100 ms, and a method is hot after 30 calls.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(350);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private const int HotCalls = 30;

    public static void Run(IContender contender)
    {
        Stopwatch whole = Stopwatch.StartNew();
        Stopwatch quiet = Stopwatch.StartNew();
        long methods = -1;
        for (int calls = 0; (quiet.Elapsed < Quiet || calls < HotCalls) && whole.Elapsed < Longest; calls++)
        {
            Stopwatch burst = Stopwatch.StartNew();
            do
            {
                contender.Run();
                calls++;
            }
            while (burst.Elapsed < Pause);

            Thread.Sleep(Pause);
            if (methods != JitInfo.GetCompiledMethodCount())
            {
                methods = JitInfo.GetCompiledMethodCount();
                quiet.Restart();
            }
        }
    }
}
