#if MODELBUILD_UNSAFE
using System;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Threading;

namespace ModelBuild.Kernels;

/// <summary>
/// Shares one piece of work between the caller and helper threads: it is cut into parts, everybody takes the next one until none is left, and the call returns
/// when all are done. Nothing is allocated per call. Helpers start when they are first needed; without work they spin for a moment, since the next step of a
/// model follows soon, and then sleep.
/// </summary>
/// <remarks>
/// There is one piece of work at a time. A caller who finds the helpers at work for another, or who is a helper, does its work alone and loses nothing but the
/// help. So whoever waits, waits for parts that are being computed, and never for a turn.
/// </remarks>
internal sealed unsafe class ForkJoin
{
    // More threads than this share too little: their caches fight over the lines between the parts.
    private const int MaxThreads = 64;

    private readonly int _helpers;
    private readonly SemaphoreSlim _work = new(0);
    private readonly SemaphoreSlim _done = new(0);
    private State _state;

    /// <param name="helpers">The most helper threads to start.</param>
    internal ForkJoin(int helpers) => _helpers = helpers;

    /// <summary>The threads that can run at the same time on this machine, as far as a model profits from them.</summary>
    public static int Processors { get; } = Math.Min(Environment.ProcessorCount, MaxThreads);

    private static ForkJoin Shared { get; } = new(Processors - 1);

    /// <summary>Calls <paramref name="body"/> once for each part, and returns when all calls have; without helpers to spare, once for the whole.</summary>
    /// <param name="body">Called with the job, the number of a part and how many there are. Any cut must give the same result.</param>
    /// <param name="job">What the calls share. It must stay where it is, with everything that it points to, until this method returns.</param>
    /// <param name="parts">Into how many parts to cut the work.</param>
    public static void Run(delegate*<void*, int, int, void> body, void* job, int parts) => Shared.RunParts(body, job, parts);

    /// <summary><see cref="Run"/> with the helpers of this object.</summary>
    internal void RunParts(delegate*<void*, int, int, void> body, void* job, int parts)
    {
        if (parts <= 1 || _helpers <= 0 || Interlocked.CompareExchange(ref _state.IsTaken, 1, 0) != 0)
        {
            body(job, 0, 1);
            return;
        }

        StartHelpers(Math.Min(_helpers, parts - 1));
        _state.Body = body;
        _state.Job = job;
        _state.Parts = parts;
        _state.Unfinished = parts;

        // From here on helpers take parts. The exchange is a full fence: who counts as sleeping below has not seen these parts, and who has seen them is awake.
        _ = Interlocked.Exchange(ref _state.Untaken, parts);
        WakeHelpers(parts - 1);
        TakeParts();
        AwaitHelpers();

        // The job is on this thread's stack: only now may anything leave this method.
        ExceptionDispatchInfo? failure = _state.Failure;
        _state.Failure = null;
        Volatile.Write(ref _state.IsTaken, 0);
        failure?.Throw();
    }

    /// <summary>Takes parts until there are none.</summary>
    private void TakeParts()
    {
        for (int untaken = Volatile.Read(ref _state.Untaken); untaken > 0; untaken = Volatile.Read(ref _state.Untaken))
        {
            if (Interlocked.CompareExchange(ref _state.Untaken, untaken - 1, untaken) != untaken)
            {
                continue;
            }

            // A part that was taken holds the work in place: it is read only now, so it cannot be a former one.
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
                _ = _done.Release();
            }
        }
    }

    /// <summary>Waits for the parts that helpers have taken: briefly awake, then asleep, since a helper may have lost its processor to another program.</summary>
    private void AwaitHelpers()
    {
        for (Patience patience = new(); Volatile.Read(ref _state.Unfinished) != 0;)
        {
            if (!patience.Wait())
            {
                if (Interlocked.Or(ref _state.Unfinished, State.CallerSleeps) != 0)
                {
                    _done.Wait();
                }

                return;
            }
        }
    }

    private void StartHelpers(int count)
    {
        while (_state.Started < count)
        {
            // The helper is no part of whatever the first caller happens to be doing: it takes over none of its context.
            new Thread(Help) { IsBackground = true, Name = "ModelBuild helper" }.UnsafeStart();
            _state.Started++;
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

            TakeParts();
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
        private static readonly long Limit = Stopwatch.Frequency / 20_000; // 50 us
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
