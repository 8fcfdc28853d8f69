using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;

namespace ModelBuild.Compiler.Data;

/// <summary>NumPy's .npz: a zip archive with one .npy entry per array. Arrays are read when asked for.</summary>
internal sealed class NpzFile : IDisposable
{
    private const string Extension = ".npy";

    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    private NpzFile(ZipArchive archive)
    {
        _archive = archive;
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            if (!entry.FullName.EndsWith(Extension, StringComparison.Ordinal))
            {
                throw new InvalidDataException($"the entry '{entry.FullName}' is not an {Extension} file");
            }

            string name = entry.FullName[..^Extension.Length];
            if (!_entries.TryAdd(name, entry))
            {
                throw new InvalidDataException($"the archive has two arrays named '{name}'");
            }

            _names.Add(name);
        }
    }

    /// <summary>The arrays' names in the order of the archive, without the .npy that the entries carry.</summary>
    public IReadOnlyList<string> Names => _names;

    public static NpzFile Open(string path)
    {
        try
        {
            return Open(File.OpenRead(path));
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>Takes ownership of the stream.</summary>
    public static NpzFile Open(Stream stream)
    {
        ZipArchive? archive = null;
        try
        {
            archive = new ZipArchive(stream, ZipArchiveMode.Read);
            return new NpzFile(archive);
        }
        catch
        {
            archive?.Dispose();
            stream.Dispose();
            throw;
        }
    }

    public NpyFile Read(string name)
    {
        if (!_entries.TryGetValue(name, out ZipArchiveEntry? entry))
        {
            throw new KeyNotFoundException($"The archive has no array '{name}': it has {string.Join(", ", _names)}.");
        }

        using Stream stream = entry.Open();
        try
        {
            return NpyFile.Read(stream);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"array '{name}': {e.Message}", e);
        }
    }

    public void Dispose() => _archive.Dispose();
}
