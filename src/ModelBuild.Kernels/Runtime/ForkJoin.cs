#if MODELBUILD_UNSAFE
using System;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Threading;

namespace ModelBuild.Kernels;

/// <summary>
/// Shares one piece of work between the caller and helper threads: it is cut into parts, everybody takes the next one until none is left, and the call returns
/// when all are done. Nothing is allocated per call. Helpers start with the first work that could be shared, whether they are woken for it or not: what starts them allocates,
/// which a later call must not. Without work they spin for a moment, since the next step of a model follows soon, and then sleep.
/// </summary>
/// <remarks>
/// There is one piece of work at a time. A caller who finds the helpers at work for another, or who is a helper, does its work alone and loses nothing but the
/// help. So whoever waits, waits for parts that are being computed, and never for a turn. Where other programs want the processors, a helper can lose its own in
/// the middle of a part, for milliseconds; callers then do without help for a while, longer each time.
/// </remarks>
internal sealed unsafe class ForkJoin
{
    // What the option allows, and what it chooses by itself: beyond that a model's steps are too short to share.
    private const int MaxThreads = 64;
    private const int MaxAutomatic = 16;

    // Milliseconds without help after a helper was late. A late one costs a few milliseconds: one in 200 is not felt.
    private const int ShortestPause = 2;
    private const int LongestPause = 200;

    private int _helpers;
    private readonly SemaphoreSlim _work = new(0);

    // No SemaphoreSlim: where a thread first waits for one, a native program allocates.
    private readonly AutoResetEvent _done = new(false);
    private State _state;

    /// <param name="helpers">The most helper threads to start.</param>
    internal ForkJoin(int helpers) => _helpers = helpers;

    /// <summary>The number of threads where the machine decides: one for each processor, up to 16.</summary>
    public static int Automatic { get; } = Math.Min(Environment.ProcessorCount, MaxAutomatic);

    private static ForkJoin Shared { get; } = new(Math.Min(Environment.ProcessorCount, MaxThreads) - 1);

    /// <summary>Calls <paramref name="body"/> once for each part, and returns when all calls have; without helpers to spare, once for the whole.</summary>
    /// <param name="body">Called with the job, the number of a part and how many there are. Any cut must give the same result.</param>
    /// <param name="job">What the calls share. It must stay where it is, with everything that it points to, until this method returns.</param>
    /// <param name="parts">Into how many parts to cut the work if it is worth waking helpers; else 1 or less.</param>
    /// <param name="brief">
    /// Into how many parts to cut it otherwise, one for the caller and for each helper that is awake. Helpers are woken for brief work only where it has followed such work for a
    /// while, so that they will be awake for the next.
    /// </param>
    public static void Run(delegate*<void*, int, int, void> body, void* job, int parts, int brief = 1) => Shared.RunParts(body, job, parts, brief);

    /// <summary><see cref="Run"/> with the helpers of this object.</summary>
    internal void RunParts(delegate*<void*, int, int, void> body, void* job, int parts, int brief = 1)
    {
        bool isBrief = parts <= 1;
        parts = isBrief ? brief : parts;
        if (parts <= 1 || _helpers <= 0 || Environment.TickCount64 < Volatile.Read(ref _state.AloneUntil) || Interlocked.CompareExchange(ref _state.IsTaken, 1, 0) != 0)
        {
            body(job, 0, 1);
            return;
        }

        // Asked here, since a thread's first question allocates.
        int processor = Thread.GetCurrentProcessorId();
        int most = parts;
        parts = isBrief ? BriefParts(most) : most;
        StartHelpers(Math.Min(_helpers, most - 1));
        if (parts <= 1)
        {
            Volatile.Write(ref _state.IsTaken, 0);
            body(job, 0, 1);
            return;
        }

        _state.Body = body;
        _state.Job = job;
        _state.Parts = parts;
        _state.Unfinished = parts;
        _state.Processor = processor;
        _state.IsCrowded = false;

        // From here on helpers take parts. The exchange is a full fence: who counts as sleeping below has not seen these parts, and who has seen them is awake.
        long start = Stopwatch.GetTimestamp();
        _ = Interlocked.Exchange(ref _state.Untaken, parts);
        WakeHelpers(parts - 1);
        int own = TakeParts(isHelper: false);
        long worked = Stopwatch.GetTimestamp() - start;
        AwaitHelpers();
        Judge(worked, Stopwatch.GetTimestamp() - start, (double)own / parts);

        // The job is on this thread's stack: only now may anything leave this method.
        ExceptionDispatchInfo? failure = _state.Failure;
        _state.Failure = null;
        Volatile.Write(ref _state.IsTaken, 0);
        failure?.Throw();
    }

    /// <summary>Into how many parts brief work is cut now, <paramref name="most"/> if helpers deserve to be woken for it.</summary>
    private int BriefParts(int most)
    {
        long now = Stopwatch.GetTimestamp();
        if (now - _state.LastBrief > Patience.Limit)
        {
            _state.BriefSince = now;
        }

        _state.LastBrief = now;
        int awake = _state.Started - Math.Max(Volatile.Read(ref _state.Sleeping), 0);
        return now - _state.BriefSince > 4 * Patience.Limit ? most : Math.Min(most, 1 + awake);
    }

    /// <summary>Takes parts until there are none, and says how many it took.</summary>
    private int TakeParts(bool isHelper)
    {
        int taken = 0;
        for (int untaken = Volatile.Read(ref _state.Untaken); untaken > 0; untaken = Volatile.Read(ref _state.Untaken))
        {
            if (Interlocked.CompareExchange(ref _state.Untaken, untaken - 1, untaken) != untaken)
            {
                continue;
            }

            // A part that was taken holds the work in place: it is read only now, so it cannot be a former one.
            taken++;
            if (isHelper && Thread.GetCurrentProcessorId() == _state.Processor)
            {
                _state.IsCrowded = true;
            }

            try
            {
                _state.Body(_state.Job, _state.Parts - untaken, _state.Parts);
            }
            catch (Exception exception)
            {
                _ = Interlocked.CompareExchange(ref _state.Failure, ExceptionDispatchInfo.Capture(exception), null);
            }

            if (Interlocked.Decrement(ref _state.Unfinished) == State.CallerSleeps)
            {
                _ = _done.Set();
            }
        }

        return taken;
    }

    /// <summary>Waits for the parts that helpers have taken: briefly awake, then asleep.</summary>
    private void AwaitHelpers()
    {
        for (Patience patience = new(); Volatile.Read(ref _state.Unfinished) != 0;)
        {
            if (!patience.Wait())
            {
                if (Interlocked.Or(ref _state.Unfinished, State.CallerSleeps) != 0)
                {
                    _ = _done.WaitOne();
                }

                return;
            }
        }
    }

    /// <summary>Decides whether the next callers get help.</summary>
    /// <param name="worked">How long the caller worked.</param>
    /// <param name="elapsed">How long that and the wait for the helpers took.</param>
    /// <param name="share">The share of the parts that the caller did.</param>
    private void Judge(long worked, long elapsed, double share)
    {
        // Help that saves less than a fifth is none: a helper has lost its processor, or took it from the caller.
        bool isLate = elapsed - worked > Patience.Limit / 2 && elapsed * share > worked * 0.8;
        if (isLate || _state.IsCrowded)
        {
            _state.Pause = Math.Clamp(2 * _state.Pause, ShortestPause, LongestPause);
            Volatile.Write(ref _state.AloneUntil, Environment.TickCount64 + _state.Pause);
        }
        else
        {
            _state.Pause /= 2;
        }
    }

    private void StartHelpers(int count)
    {
        if (_state.Started == 0)
        {
            // The first wait allocates, and must not be that of a later call.
            _ = _done.Set();
            _ = _done.WaitOne();
        }

        try
        {
            while (_state.Started < count)
            {
                // The helper is no part of whatever the first caller happens to be doing: it takes over none of its context.
                new Thread(Help) { IsBackground = true, Name = "ModelBuild helper" }.UnsafeStart();
                _state.Started++;
            }
        }
        catch (Exception exception) when (exception is OutOfMemoryException or ThreadStartException)
        {
            // The process may have no more threads: those that there are will do.
            _helpers = _state.Started;
        }
    }

    private void WakeHelpers(int count)
    {
        for (int sleeping = Volatile.Read(ref _state.Sleeping); sleeping > 0;)
        {
            int woken = Math.Min(sleeping, count);
            int found = Interlocked.CompareExchange(ref _state.Sleeping, sleeping - woken, sleeping);
            if (found == sleeping)
            {
                _ = _work.Release(woken);
                return;
            }

            sleeping = found;
        }
    }

    private void Help()
    {
        while (true)
        {
            for (Patience patience = new(); Volatile.Read(ref _state.Untaken) == 0;)
            {
                if (!patience.Wait())
                {
                    Sleep();
                    break;
                }
            }

            _ = TakeParts(isHelper: true);
        }
    }

    /// <summary>Sleeps until work comes. Every caller who lowers <see cref="State.Sleeping"/> releases the semaphore as often, so that none is missed.</summary>
    private void Sleep()
    {
        int sleeping = Interlocked.Increment(ref _state.Sleeping);
        while (Volatile.Read(ref _state.Untaken) > 0 && sleeping > 0)
        {
            int found = Interlocked.CompareExchange(ref _state.Sleeping, sleeping - 1, sleeping);
            if (found == sleeping)
            {
                return;
            }

            sleeping = found;
        }

        _work.Wait();
    }

    /// <summary>
    /// How long a thread spins before it sleeps. To wake one takes the waker 5 us and the sleeper 50; steps of a model that need no help rarely last longer than this.
    /// </summary>
    private struct Patience
    {
        public static readonly long Limit = Stopwatch.Frequency / 20_000; // 50 us
        private const int RoundsPerLook = 32;

        private long _end;
        private int _rounds;

        /// <summary>Waits for a moment; false when it has been long enough.</summary>
        public bool Wait()
        {
            Thread.SpinWait(1);
            if (++_rounds % RoundsPerLook != 0)
            {
                return true;
            }

            // Where there are more threads than processors, the one that is waited for may be waiting for this processor.
            _ = Thread.Yield();
            long now = Stopwatch.GetTimestamp();
            _end = _end == 0 ? now + Limit : _end;
            return now < _end;
        }
    }

    /// <summary>
    /// The work at hand. What every thread writes has cache lines of its own, 128 bytes apart because processors fetch lines in pairs.
    /// </summary>
    [StructLayout(LayoutKind.Explicit, Size = 5 * 128)]
    private struct State
    {
        /// <summary>Added to <see cref="Unfinished"/> by a caller who sleeps until that is all that is left.</summary>
        public const int CallerSleeps = 1 << 30;

        [FieldOffset(0)]
        public ExceptionDispatchInfo? Failure;

        [FieldOffset(8)]
        public delegate*<void*, int, int, void> Body;

        [FieldOffset(16)]
        public void* Job;

        [FieldOffset(24)]
        public int Parts;

        [FieldOffset(28)]
        public int Started;

        /// <summary>1 while a caller has the helpers.</summary>
        [FieldOffset(32)]
        public int IsTaken;

        /// <summary>The processor that the caller runs on.</summary>
        [FieldOffset(48)]
        public int Processor;

        /// <summary>Whether a helper has found itself on that processor: others have filled all the rest.</summary>
        [FieldOffset(52)]
        public volatile bool IsCrowded;

        /// <summary>Milliseconds of the last time without help.</summary>
        [FieldOffset(36)]
        public int Pause;

        /// <summary>When callers may have help again, see <see cref="Environment.TickCount64"/>.</summary>
        [FieldOffset(40)]
        public long AloneUntil;

        /// <summary>When brief work last came.</summary>
        [FieldOffset(56)]
        public long LastBrief;

        /// <summary>Since when it has come without a pause.</summary>
        [FieldOffset(64)]
        public long BriefSince;

        /// <summary>Parts that nobody has taken yet. Whoever lowers it from n has part <c>Parts - n</c>.</summary>
        [FieldOffset(128)]
        public int Untaken;

        /// <summary>Parts that are not finished.</summary>
        [FieldOffset(256)]
        public int Unfinished;

        /// <summary>Helpers that sleep, or are about to.</summary>
        [FieldOffset(384)]
        public int Sleeping;
    }
}
#endif
