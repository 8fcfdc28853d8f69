using System;
using System.IO;
using System.Security;
using ModelBuild.Onnx.Diagnostics;

namespace ModelBuild.Onnx.Reading;

/// <summary>Brings a model file into memory, once and whole: everything after works on these bytes.</summary>
internal static class ModelFile
{
    /// <summary>Protobuf's limit is 2 GiB - 1; .NET's longest byte array is 56 bytes shorter.</summary>
    public static readonly long LongestFile = Array.MaxLength;

    /// <summary>The bytes of the file, or null after reporting why there are none.</summary>
    public static byte[]? Load(string path, FileReport report)
    {
        try
        {
            if (Directory.Exists(path))
            {
                report.Add(ReaderDiagnostics.FileUnreadable, null, "it is a directory");
                return null;
            }

            // Asked before opening: opening a pipe would wait for its writer for ever. Pipes and devices have length 0.
            var file = new FileInfo(path);
            if (!file.Exists)
            {
                report.Add(ReaderDiagnostics.FileNotFound, null);
                return null;
            }

            return file.Length == 0 ? Empty(report) : Read(path, report);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SecurityException or ArgumentException
            or NotSupportedException)
        {
            report.Add(ReaderDiagnostics.FileUnreadable, null, e.Message);
            return null;
        }
    }

    private static byte[]? Read(string path, FileReport report)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        long length = file.Length;
        if (length > LongestFile)
        {
            report.Add(ReaderDiagnostics.FileTooLarge, null, length, LongestFile);
            return null;
        }

        if (length == 0)
        {
            return Empty(report);
        }

        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)length);
        file.ReadExactly(bytes);
        return bytes;
    }

    private static byte[]? Empty(FileReport report)
    {
        report.Add(ReaderDiagnostics.FileEmpty, null);
        return null;
    }
}
