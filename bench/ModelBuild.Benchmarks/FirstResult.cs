using System.Collections.Generic;
using System.IO;
using System.Linq;
using ModelBuild.Testing;

namespace ModelBuild.Benchmarks;

/// <summary>
/// What a process that runs a model once costs: from its start to the first result, its largest resident memory, and all that has to be shipped. Each is
/// measured in a program that does nothing else; the runtime's own start is in the figure.
/// </summary>
/// <param name="Milliseconds">The fastest process's.</param>
/// <param name="PeakBytes">The smallest process's.</param>
/// <param name="ShippedBytes">Program, native library and model; with the JIT without the runtime, which the machine has.</param>
internal sealed record FirstResult(double Milliseconds, long PeakBytes, long ShippedBytes)
{
    private const int Processes = 7;

    /// <summary>Both engines in turn, so that a change of the machine's speed meets both. Null where an engine has no program of this kind.</summary>
    public static (FirstResult? Ours, FirstResult? Theirs) Measure(IEngine ours, IEngine theirs, BenchmarkModel model, Precision precision, Host host)
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory();
        try
        {
            string[] inputs = [.. model.Sample(0).Select((input, i) => Write(input, Path.Combine(directory.FullName, $"{i}.bin")))];
            IEngine[] engines = [ours, theirs];
            ShippedProgram?[] programs = [.. engines.Select(engine => ShippedProgram.Find(engine.ProgramFolder, host))];
            List<(double Milliseconds, long PeakBytes)>[] runs = [[], []];
            for (int i = 0; i < Processes * engines.Length; i++)
            {
                int turn = i % engines.Length;
                if (programs[turn] is { } program)
                {
                    runs[turn].Add(program.Run([.. engines[turn].ProgramArguments(model.Name, precision), .. inputs]));
                }
            }

            FirstResult?[] results = [.. engines.Select((engine, i) => programs[i] is { } program
                ? new FirstResult(runs[i].Min(r => r.Milliseconds), runs[i].Min(r => r.PeakBytes), program.Bytes + engine.BytesBeside(model.Name, precision))
                : null)];
            return (results[0], results[1]);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static string Write(Tensor input, string path)
    {
        File.WriteAllBytes(path, input.Bytes.ToArray());
        return path;
    }
}
