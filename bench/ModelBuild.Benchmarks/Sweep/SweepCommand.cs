using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using ModelBuild.Testing;
using ModelBuild.Testing.OnnxRuntime;

namespace ModelBuild.Benchmarks.Sweep;

/// <summary><c>sweep DIR...</c>: times every model in folders, in floats and in 8 bits, against ONNX Runtime on the same inputs; the worst comes first.</summary>
internal static class SweepCommand
{
    public static Command Create()
    {
        Argument<string[]> folders = new("dir") { Description = "Folders that hold models with their inputs." };
        Option<string> only = new("--only") { Description = "Names of models, separated by commas; all where it is not set.", DefaultValueFactory = _ => string.Empty };
        Option<string> bits = new("--bits") { Description = "Bits per weight, separated by commas.", DefaultValueFactory = _ => "32,8" };
        Option<double> seconds = new("--seconds") { Description = "How long to time a model.", DefaultValueFactory = _ => 2 };
        Option<int> threads = new("--threads") { Description = "Threads of each side.", DefaultValueFactory = _ => 1 };
        Option<bool> profile = new("--profile") { Description = "Prints what each step takes, and compares nothing." };
        Option<string> work = new("--work") { Description = "The folder for compiled models.", DefaultValueFactory = _ => Path.Combine(AppContext.BaseDirectory, "sweep") };
        Command command = new("sweep", "Compares every model in folders with ONNX Runtime.") { folders, only, bits, seconds, threads, profile, work };
        command.SetAction(parsed =>
        {
            string[] names = parsed.GetValue(only)!.Split(',', StringSplitOptions.RemoveEmptyEntries);
            SweepModel[] models = [.. parsed.GetValue(folders)!.SelectMany(SweepModel.Find).Where(model => names.Length == 0 || names.Contains(model.Name))];
            List<SweepRow> rows = [];
            foreach (SweepModel model in models)
            {
                foreach (int width in parsed.GetValue(bits)!.Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture)))
                {
                    try
                    {
                        using CompiledModel ours = CompiledModel.Open(model, width, parsed.GetValue(threads), parsed.GetValue(work)!, parsed.GetValue(profile));
                        if (parsed.GetValue(profile))
                        {
                            Console.WriteLine($"{model.Name} {width}");
                            StepProfile.Write(ours, Console.Out);
                            continue;
                        }

                        rows.Add(Compare(model, width, parsed.GetValue(threads), ours, parsed.GetValue(seconds)));
                        Console.Error.WriteLine(rows[^1]);
                    }
                    catch (Exception e) when (e is InvalidOperationException or OrtException)
                    {
                        Console.Error.WriteLine($"{model.Name} {width}: {e.Message}");
                    }
                }
            }

            Console.WriteLine(SweepRow.Table(rows));
        });
        return command;
    }

    private static SweepRow Compare(SweepModel model, int bits, int threads, CompiledModel ours, double seconds)
    {
        string path = bits == 32 ? model.Path : ours.OptimizedPath ?? model.Path;
        using OrtModel theirs = new(path, model.Inputs, threads);
        (double left, double right) = SweepDuel.Run(ours, theirs, TimeSpan.FromSeconds(seconds));
        return new SweepRow(model.Name, bits, left, right, Difference(ours, theirs), bits != 32 && ours.OptimizedPath is null);
    }

    // The largest difference of a float output, over its range.
    private static double Difference(CompiledModel ours, OrtModel theirs) => theirs.Names.Zip(theirs.Outputs)
        .Where(output => output.Second.Type is TensorType.Float32 or TensorType.Float64)
        .Select(output => ours.OutputBytes(output.First) is { } bytes && bytes.Length == output.Second.Bytes.Length
            ? TensorDifference.RelativeToRange(output.Second, new Tensor(output.Second.Type, output.Second.Shape, bytes))
            : double.NaN)
        .DefaultIfEmpty(0).Max();
}
