using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ModelBuild.Compiler.Data;

namespace ModelBuild.Compiler.Tests.Diagnostics;

/// <summary>A compilation that must be reported with one code.</summary>
/// <param name="Code">The code.</param>
/// <param name="Name">What is wrong; unique.</param>
/// <param name="Arguments">Writes the files into a folder, and gives what follows <c>compile MODEL --out FOLDER</c>.</param>
internal sealed record FailingCommand(string Code, string Name, Func<CommandFolder, string[]> Arguments)
{
    /// <summary>Where to write, in the folder.</summary>
    public string Out { get; init; } = "out";
}

/// <summary>The folder that a command runs in, with the model at model.onnx.</summary>
internal sealed class CommandFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("modelbuild").FullName;

    public string Model => Of("model.onnx");

    public string Of(string name) => System.IO.Path.Combine(Path, name);

    public string Save<T>(string name, T[] values, params int[] shape)
        where T : unmanaged
    {
        NpyFile.Create<T>(values, shape).Write(Of(name));
        return Of(name);
    }

    public string Text(string name, string text)
    {
        File.WriteAllText(Of(name), text);
        return Of(name);
    }

    /// <summary>Everything below the folder, by relative path.</summary>
    public IReadOnlyList<string> Files() => [.. Directory.EnumerateFileSystemEntries(Path, "*", SearchOption.AllDirectories).Select(file => System.IO.Path.GetRelativePath(Path, file)).Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
