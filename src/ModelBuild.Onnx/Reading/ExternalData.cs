using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security;
using Microsoft.Win32.SafeHandles;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Onnx.Protos;

namespace ModelBuild.Onnx.Reading;

/// <summary>
/// Reads tensors that are stored in files beside the model. A model comes from strangers: it must not make the build read any other
/// file of the machine into an assembly, so the real path of every data file has to lie in the real folder of the model.
/// </summary>
/// <remarks>
/// A range of a file is read once and shared by the tensors that name it. All ranges of a file together may not exceed its length, so
/// memory is bounded by the files that exist, whatever the model claims.
/// </remarks>
internal sealed class ExternalData
{
    private readonly FileReport _report;
    private readonly string _folder;
    private readonly Dictionary<(string Path, long Offset, long Length), byte[]> _ranges = [];
    private readonly SortedDictionary<string, long> _bytesRead = new(StringComparer.Ordinal);
    private string? _realFolder;

    /// <param name="modelPath">The model's path: its folder is where locations start.</param>
    /// <param name="report">Where problems go.</param>
    public ExternalData(string modelPath, FileReport report)
    {
        _report = report;
        _folder = Path.GetDirectoryName(Path.GetFullPath(modelPath)) ?? Path.GetPathRoot(Path.GetFullPath(modelPath))!;
    }

    /// <summary>Full paths of the files read so far.</summary>
    public IReadOnlyList<string> Files => _bytesRead.Keys.ToArray();

    /// <summary>Exactly <paramref name="bytes"/> bytes of the tensor, or null after reporting why not.</summary>
    public ReadOnlyMemory<byte>? Read(TensorProto proto, string display, long bytes, string? node)
    {
        if (ExternalLocation.Parse(proto, out string? problem) is not ExternalLocation place)
        {
            return Fail(ReaderDiagnostics.ExternalDataInvalid, node, display, problem);
        }

        string location = DiagnosticText.Quote(place.Location);
        if (place.Length is long length && length != bytes)
        {
            return Fail(ReaderDiagnostics.ExternalDataInvalid, node, display, $"has length {length}, and type and dimensions need {bytes}");
        }

        try
        {
            string? path = Locate(place.Location, out string? outside);
            if (path is null)
            {
                return Fail(ReaderDiagnostics.ExternalDataOutside, node, display, location, outside);
            }

            return Read(path, place.Offset, bytes, display, location, node);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SecurityException or ArgumentException
            or NotSupportedException)
        {
            return Fail(ReaderDiagnostics.ExternalDataUnreadable, node, display, location, e.Message);
        }
    }

    /// <summary>The real path of a location, or null and how it leaves the folder.</summary>
    private string? Locate(string location, out string? outside)
    {
        // Absolute on one system is relative on another; a model must mean the same everywhere.
        bool hasDrive = location.Length >= 2 && location[1] == ':' && char.IsAsciiLetter(location[0]);
        if (Path.IsPathRooted(location) || location[0] is '/' or '\\' || hasDrive)
        {
            outside = "is an absolute path";
            return null;
        }

        string path = Path.GetFullPath(Path.Combine(_folder, location));
        if (!RealPath.IsInside(path, _folder))
        {
            outside = "leads out of the model's folder";
            return null;
        }

        _realFolder ??= RealPath.Resolve(_folder);
        string real = RealPath.Resolve(path);
        outside = "leads out of the model's folder through a symbolic link";
        return RealPath.IsInside(real, _realFolder) ? real : null;
    }

    private ReadOnlyMemory<byte>? Read(string path, long offset, long bytes, string display, string location, string? node)
    {
        if (_ranges.TryGetValue((path, offset, bytes), out byte[]? known))
        {
            return known;
        }

        // Asked before opening: opening a pipe would wait for its writer for ever. Pipes and devices have length 0.
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            return Fail(ReaderDiagnostics.ExternalDataNotFound, node, display, location);
        }

        if (offset > file.Length || bytes > file.Length - offset)
        {
            return Fail(ReaderDiagnostics.ExternalDataTooShort, node, display, location, offset, bytes, file.Length);
        }

        long before = _bytesRead.GetValueOrDefault(path);
        if (bytes > file.Length - before)
        {
            return Fail(ReaderDiagnostics.ExternalDataOverlaps, node, display, location);
        }

        _bytesRead[path] = before + bytes;
        byte[] range = bytes == 0 ? [] : ReadRange(path, offset, (int)bytes);
        _ranges.Add((path, offset, bytes), range);
        return range;
    }

    private static byte[] ReadRange(string path, long offset, int bytes)
    {
        using SafeFileHandle handle = File.OpenHandle(path);
        byte[] range = GC.AllocateUninitializedArray<byte>(bytes);
        for (int done = 0; done < bytes;)
        {
            int read = RandomAccess.Read(handle, range.AsSpan(done), offset + done);
            if (read == 0)
            {
                throw new EndOfStreamException("it became shorter while it was read");
            }

            done += read;
        }

        return range;
    }

    private ReadOnlyMemory<byte>? Fail(DiagnosticDescriptor descriptor, string? node, params object?[] arguments)
    {
        _report.Add(descriptor, node, arguments);
        return null;
    }
}
