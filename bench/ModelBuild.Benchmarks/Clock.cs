using System;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ModelBuild.Benchmarks;

/// <summary>
/// The processor time of the calling thread, where the system tells it, else the time of day: on a machine that others use, too, a run of some milliseconds is
/// interrupted almost every time. Right for one thread alone.
/// </summary>
internal static partial class Clock
{
    // CLOCK_THREAD_CPUTIME_ID of Linux.
    private const int ThreadTime = 3;

    /// <summary>Microseconds since some point in time.</summary>
    public static double Microseconds => OperatingSystem.IsLinux() && GetTime(ThreadTime, out Time time) == 0
        ? (time.Seconds * 1e6) + (time.Nanoseconds / 1e3)
        : Stopwatch.GetTimestamp() * 1e6 / Stopwatch.Frequency;

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
