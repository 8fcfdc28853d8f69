using System;
using System.IO;
using ModelBuild.Compiler.Data;

namespace ModelBuild.Compiler.Tests.Compression;

/// <summary>Calibration files in a folder of their own.</summary>
internal sealed class SampleFiles : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("modelbuild").FullName;

    public string Folder => _folder;

    public string Save<T>(string name, T[] values, params int[] shape)
        where T : unmanaged
    {
        var path = Path.Combine(_folder, name);
        NpyFile.Create<T>(values, shape).Write(path);
        return path;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
