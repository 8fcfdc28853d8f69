using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using ModelBuild.Benchmarks;
using ModelBuild.Benchmarks.Sweep;
using ModelBuild.Testing.OnnxRuntime;

const string UsualEngines = "modelbuild,ort";
Option<string> models = new("--models") { Description = "The models to compare, separated by commas.", DefaultValueFactory = _ => string.Join(',', BenchmarkModels.Names) };
Option<int> rounds = new("--rounds") { Description = "Rounds of some 30 ms for each side and model.", DefaultValueFactory = _ => 30 };
Option<int> threads = new("--threads") { Description = "Threads of each engine.", DefaultValueFactory = _ => 1 };
Option<string?> output = new("--output") { Description = "The directory to write the report into, named after the processor, and after threads and engines if they are not the usual ones." };
Option<string> engines = new("--engines") { Description = "The two sides: modelbuild, ort or ort-precise (8-bit products that never saturate). An engine against itself shows what is chance.", DefaultValueFactory = _ => UsualEngines };
engines.Validators.Add(result =>
{
    if (result.GetValue(engines)!.Split(',').Length != 2)
    {
        result.AddError("--engines takes two engines, such as ort,ort");
    }
});
RootCommand command = new("Compares engines on this machine, in this process.") { models, rounds, threads, output, engines, SweepCommand.Create() };
command.SetAction(parsed =>
{
    int degree = parsed.GetValue(threads);
    string[] sides = parsed.GetValue(engines)!.Split(',');
    Comparison comparison = new(Engines.Open(sides[0], degree), Engines.Open(sides[1], degree), degree);
    IReadOnlyList<Row> rows = comparison.Run(parsed.GetValue(models)!.Split(','), parsed.GetValue(rounds));
    string report = comparison.Report(rows);
    Console.WriteLine(report);
    if (parsed.GetValue(output) is { } directory)
    {
        Directory.CreateDirectory(directory);
        string threadsName = degree == 1 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"-{degree}-threads");
        string enginesName = parsed.GetValue(engines) == UsualEngines ? string.Empty : "-" + string.Join('-', sides);
        File.WriteAllText(Path.Combine(directory, $"{Machine.Slug}{threadsName}{enginesName}.md"), report);
    }

    Console.WriteLine($"geomean {Report.Means(rows)}");
});

try
{
    return command.Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception e) when (e is KeyNotFoundException or FileNotFoundException or OrtException)
{
    Console.Error.WriteLine($"error: {e.Message}");
    return 1;
}
