using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using ModelBuild.Plan;

namespace ModelBuild.Benchmarks.Sweep;

/// <summary>What each step of a model takes, at best.</summary>
internal static class StepProfile
{
    private const double Milliseconds = 1500;
    private const int LeastRuns = 5;

    public static void Write(CompiledModel model, TextWriter output)
    {
        Type clock = model.Driver.Assembly.GetType("StepClock", throwOnError: true)!;
        double[] times = (double[])clock.GetField("Times", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
        clock.GetField("Now", BindingFlags.Public | BindingFlags.Static)!.SetValue(null, (Func<double>)(() => Clock.Microseconds));
        Action start = clock.GetMethod("Start")!.CreateDelegate<Action>();
        double[] best = Enumerable.Repeat(double.PositiveInfinity, times.Length).ToArray();
        WarmUp.Run(model);
        Stopwatch watch = Stopwatch.StartNew();
        for (int run = 0; run < LeastRuns || watch.Elapsed.TotalMilliseconds < Milliseconds; run++)
        {
            Array.Clear(times);
            start();
            model.Run();
            for (int i = 0; i < best.Length; i++)
            {
                best[i] = Math.Min(best[i], times[i]);
            }
        }

        IReadOnlyList<KernelCall> calls = [.. model.Plan.Calls];
        double whole = Enumerable.Range(1, calls.Count).Sum(i => best[i]);
        output.WriteLine(FormattableString.Invariant($"{whole:F2} µs in {calls.Count} steps"));
        foreach (int step in Enumerable.Range(1, calls.Count).Where(i => best[i] > 0))
        {
            KernelCall call = calls[step - 1];
            IEnumerable<string> shapes = call.Arguments.OfType<BufferArgument>().Where(argument => argument.IsResult).Select(argument => $"[{string.Join(',', model.Plan.Buffers[argument.Buffer].Shape)}]");
            output.WriteLine(FormattableString.Invariant(
                $"{best[step],10:F2} {100 * best[step] / whole,5:F1} % {step,4} {call.Kernel,-24} {string.Join(' ', shapes)} {call.Note}; {string.Join(", ", call.Nodes.Select(node => node.Length > 40 ? node[^40..] : node).Take(3))}"));
        }
    }
}
