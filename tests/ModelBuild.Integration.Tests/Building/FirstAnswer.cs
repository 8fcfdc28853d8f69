using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Shouldly;

namespace ModelBuild.Integration.Tests.Building;

/// <summary>
/// A part for the sample program, which ends it after the first answer of each network if an environment variable says so: "quietly", to time it, or with the names of
/// the methods that the JIT compiled until then.
/// </summary>
internal static class FirstAnswer
{
    private const string Variable = "FIRST_ANSWER";

    /// <summary>
    /// Events arrive in order but late, on a thread of their own. So one last method is called that the JIT has to compile in any case: when its name comes all others
    /// are there, and a list without it would prove nothing.
    /// </summary>
    private const string Source = """
        using System;
        using System.Collections.Concurrent;
        using System.Diagnostics.Tracing;
        using System.Runtime.CompilerServices;
        using System.Threading;

        namespace SampleApp;

        internal sealed class FirstAnswer : EventListener
        {
            private static readonly ConcurrentQueue<string> Names = new();
            private static readonly ManualResetEventSlim Complete = new();

            public static void RunIfAsked()
            {
                if (Environment.GetEnvironmentVariable("FIRST_ANSWER") is not { } way)
                {
                    return;
                }

                using var listener = way == "names" ? new FirstAnswer() : null;
                _ = DigitsFloatModel.Predict(new float[DigitsFloatModel.InputLength]);
                _ = DigitsModel.Predict(new float[DigitsModel.InputLength]);
                if (listener is not null)
                {
                    Last();
                    Complete.Wait(TimeSpan.FromMinutes(1));
                    Console.WriteLine(string.Join('\n', Names));
                }

                Environment.Exit(0);
            }

            protected override void OnEventSourceCreated(EventSource source)
            {
                const EventKeywords Jit = (EventKeywords)0x10;
                if (source.Name == "Microsoft-Windows-DotNETRuntime")
                {
                    EnableEvents(source, EventLevel.Verbose, Jit);
                }
            }

            protected override void OnEventWritten(EventWrittenEventArgs e)
            {
                if (e.EventName is { } name && name.StartsWith("MethodJittingStarted", StringComparison.Ordinal))
                {
                    var method = $"{e.Payload![4]}.{e.Payload[5]}";
                    Names.Enqueue(method);
                    if (method.EndsWith(".Last", StringComparison.Ordinal))
                    {
                        Complete.Set();
                    }
                }
            }

            [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
            private static void Last()
            {
            }
        }
        """;

    public static TestProject AddTo(TestProject project)
    {
        const string FirstStatement = "var digits = ";
        var main = File.ReadAllText(project.PathOf("Program.cs"));
        main.ShouldContain(FirstStatement);
        return project.Write("FirstAnswer.cs", Source).Write("Program.cs", main.Replace(FirstStatement, "FirstAnswer.RunIfAsked();\n" + FirstStatement, StringComparison.Ordinal));
    }

    /// <summary>The methods of generated classes and of kernels that the JIT compiled, in their order.</summary>
    public static IReadOnlyList<string> JittedMethods(string program, params (string Name, string Value)[] environment)
    {
        // Methods that are hot are compiled once more in the background; not within the first minute.
        var names = DotNet.Execute(".", program, [], [(Variable, "names"), ("DOTNET_TC_CallCountingDelayMs", "60000"), .. environment]).OrThrow().Output.Split('\n', StringSplitOptions.TrimEntries);

        names.ShouldContain("SampleApp.FirstAnswer.Last");
        return [.. names.Where(name => name.StartsWith("ModelBuild.", StringComparison.Ordinal) || name.StartsWith("SampleApp.Digits", StringComparison.Ordinal))];
    }

    /// <summary>The shortest time, in milliseconds, that the program takes from its start over both answers to its end.</summary>
    public static double Milliseconds(string program, params (string Name, string Value)[] environment)
    {
        const int Runs = 10;
        return Enumerable.Range(0, Runs).Min(_ =>
        {
            var clock = Stopwatch.StartNew();
            DotNet.Execute(".", program, [], [(Variable, "quietly"), .. environment]).OrThrow();
            return clock.Elapsed.TotalMilliseconds;
        });
    }
}
