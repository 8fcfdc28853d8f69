using System;
using System.Diagnostics;
using System.Runtime;
using System.Runtime.InteropServices;

namespace SampleApp;

/// <summary>What a network achieves on all digits.</summary>
/// <param name="Accuracy">The fraction that it gets right.</param>
/// <param name="Microseconds">Median time for one digit, once the JIT has optimized the code.</param>
/// <param name="AllocatedBytes">Managed memory that all calls but the first allocated, in total.</param>
/// <param name="FirstCallMilliseconds">Time of the very first call, with all that the runtime has to load and compile for it.</param>
/// <param name="FirstCallJittedMethods">Methods that the JIT compiled during that call; 0 where all code was compiled ahead of time.</param>
/// <param name="Fingerprint">A hash over the bits of all outputs.</param>
internal sealed record Measurement(
    double Accuracy, double Microseconds, long AllocatedBytes, double FirstCallMilliseconds, long FirstCallJittedMethods, uint Fingerprint)
{
    private const int MostPasses = 21;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.5);

    // Enough for all passes but on a processor without fused multiply-add, where one takes seconds.
    private static readonly TimeSpan LongestMeasurement = TimeSpan.FromSeconds(3);

    public static Measurement Of(Predict predict, DigitSet digits)
    {
        Span<float> logits = stackalloc float[DigitsModel.LogitsLength];
        var jitted = JitInfo.GetCompiledMethodCount();
        var start = Stopwatch.GetTimestamp();
        predict(digits.Input(0), logits);
        var firstCall = Stopwatch.GetElapsedTime(start);
        jitted = JitInfo.GetCompiledMethodCount() - jitted;

        var (accuracy, fingerprint) = Score(predict, digits);
        for (start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < WarmUp;)
        {
            Pass(predict, digits);
        }

        var times = new double[MostPasses];
        var passes = 0;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var begin = Stopwatch.GetTimestamp(); passes == 0 || (passes < MostPasses && Stopwatch.GetElapsedTime(begin) < LongestMeasurement); passes++)
        {
            start = Stopwatch.GetTimestamp();
            Pass(predict, digits);
            times[passes] = Stopwatch.GetElapsedTime(start).TotalMicroseconds / digits.Count;
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Array.Sort(times, 0, passes);
        return new(accuracy, times[passes / 2], allocated, firstCall.TotalMilliseconds, jitted, fingerprint);
    }

    private static void Pass(Predict predict, DigitSet digits)
    {
        Span<float> logits = stackalloc float[DigitsModel.LogitsLength];
        for (var i = 0; i < digits.Count; i++)
        {
            predict(digits.Input(i), logits);
        }
    }

    private static (double Accuracy, uint Fingerprint) Score(Predict predict, DigitSet digits)
    {
        Span<float> logits = stackalloc float[DigitsModel.LogitsLength];
        var right = 0;

        // FNV-1a.
        var hash = 2166136261u;
        for (var i = 0; i < digits.Count; i++)
        {
            predict(digits.Input(i), logits);
            right += Classifier.IndexOfMax(logits) == digits.Labels[i] ? 1 : 0;
            foreach (var value in MemoryMarshal.AsBytes(logits))
            {
                hash = (hash ^ value) * 16777619;
            }
        }

        return ((double)right / digits.Count, hash);
    }
}
