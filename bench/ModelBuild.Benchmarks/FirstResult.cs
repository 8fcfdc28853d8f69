using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using ModelBuild.Testing;

namespace ModelBuild.Benchmarks;

/// <summary>
/// What a process that runs a model once costs: from its start to the first result, and its largest resident memory. Each is
/// measured in a child process that does nothing else; the runtime's own start is in the figure.
/// </summary>
/// <param name="Milliseconds">The fastest child's.</param>
/// <param name="PeakBytes">The smallest child's.</param>
internal sealed record FirstResult(double Milliseconds, long PeakBytes)
{
    /// <summary>The first argument of the child.</summary>
    public const string Command = "first-result";

    private const int Children = 5;

    public static FirstResult Measure(IEngine engine, BenchmarkModel model, Precision precision, int threads)
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory();
        try
        {
            List<string> paths = [];
            foreach (Tensor input in model.Sample(0))
            {
                paths.Add(Path.Combine(directory.FullName, $"{paths.Count}.npy"));
                TensorNpy.Write(input, paths[^1]);
            }

            string[] arguments = [Command, engine.Key, threads.ToString(CultureInfo.InvariantCulture), model.Name, precision.ToString(), .. paths];
            FirstResult[] results = [.. Enumerable.Range(0, Children).Select(_ => RunChild(arguments))];
            return new FirstResult(results.Min(r => r.Milliseconds), results.Min(r => r.PeakBytes));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    /// <summary>The child: says ready when the result is there, then its peak memory in bytes.</summary>
    public static int RunAsChild(IEngine engine, string model, Precision precision, IEnumerable<string> inputPaths)
    {
        using IContender contender = engine.Open(model, precision) ?? throw new InvalidOperationException($"{engine.Name} has no {model} in {precision}.");
        contender.Load([.. inputPaths.Select(TensorNpy.Read)]);
        contender.Run();
        Console.WriteLine("ready");
        using Process self = Process.GetCurrentProcess();
        Console.WriteLine(self.PeakWorkingSet64.ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static FirstResult RunChild(IEnumerable<string> arguments)
    {
        // Environment.ProcessPath is the dotnet host when the program was started through it.
        bool throughHost = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";
        ProcessStartInfo start = new(Environment.ProcessPath!, throughHost ? [typeof(FirstResult).Assembly.Location, .. arguments] : arguments)
        {
            RedirectStandardOutput = true,
        };
        Stopwatch clock = Stopwatch.StartNew();
        using Process child = Process.Start(start)!;
        string? ready = child.StandardOutput.ReadLine();
        double milliseconds = clock.Elapsed.TotalMilliseconds;
        string? peak = child.StandardOutput.ReadLine();
        child.WaitForExit();
        return child.ExitCode == 0 && ready == "ready"
            ? new FirstResult(milliseconds, long.Parse(peak!, CultureInfo.InvariantCulture))
            : throw new InvalidOperationException($"The child process {string.Join(' ', arguments)} failed.");
    }
}
