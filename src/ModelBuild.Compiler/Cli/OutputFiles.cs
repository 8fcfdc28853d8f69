using System;
using System.IO;
using System.Linq;
using System.Threading;

namespace ModelBuild.Compiler.Cli;

/// <summary>
/// The files of one compiled model. While one process holds the lock, others that build the same project wait, and then find the work done. Files are written
/// under temporary names and moved into place, the plan last, since its key vouches for the others.
/// </summary>
internal sealed class OutputFiles : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    private readonly FileStream _lock;
    private readonly string _folder;

    private OutputFiles(string folder, string name, FileStream lockFile)
    {
        _folder = folder;
        Name = name;
        _lock = lockFile;
    }

    public string Name { get; }

    /// <summary>Waits until no other process writes these files.</summary>
    /// <exception cref="IOException">Another process does not finish, or the folder cannot be written to.</exception>
    public static OutputFiles Lock(string folder, string name)
    {
        var path = Path.Combine(folder, name + ".lock");
        var start = Environment.TickCount64;
        while (true)
        {
            try
            {
                return new OutputFiles(folder, name, new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose));
            }
            catch (IOException) when (File.Exists(path) && Environment.TickCount64 - start < LongestWait.TotalMilliseconds)
            {
                Thread.Sleep(Poll);
            }
        }
    }

    /// <summary>Whether all files exist and the plan was made with that key.</summary>
    public bool AreUpToDate(string key)
    {
        var plan = PathOf(".plan");
        return File.Exists(plan) && File.Exists(PathOf(".weights")) && File.ReadLines(plan).FirstOrDefault()?.Split(' ') is [_, var found] && found == key;
    }

    /// <summary>Writes files, in order.</summary>
    public void Write(params (string Extension, Action<Stream> Write)[] files)
    {
        var temporary = files.Select(file => (Path: PathOf(file.Extension), Temporary: PathOf($"{file.Extension}.{Environment.ProcessId}.tmp"), file.Write)).ToArray();
        try
        {
            foreach (var file in temporary)
            {
                using var stream = File.Create(file.Temporary);
                file.Write(stream);
            }

            foreach (var file in temporary)
            {
                File.Move(file.Temporary, file.Path, overwrite: true);
            }
        }
        finally
        {
            foreach (var file in temporary)
            {
                File.Delete(file.Temporary);
            }
        }
    }

    public void Dispose() => _lock.Dispose();

    private string PathOf(string extension) => Path.Combine(_folder, Name + extension);
}
