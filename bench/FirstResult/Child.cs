using System;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace ModelBuild.Benchmarks;

/// <summary>What the programs that run a model once do besides: read the input, and say when the result is there.</summary>
internal static class Child
{
    public static float[] ReadInput(string path) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(path)).ToArray();

    /// <summary>
    /// Writes a line with the first value of the result, the moment it is there, and a line with the peak of the resident memory in bytes. Not through Console,
    /// whose set-up would be part of the figure.
    /// </summary>
    public static int Finish(ReadOnlySpan<float> result)
    {
        const int StandardOutput = 1;
        using SafeFileHandle handle = new(StandardOutput, ownsHandle: false);
        using FileStream output = new(handle, FileAccess.Write, bufferSize: 0);
        output.Write(Encoding.ASCII.GetBytes(result[0].ToString("R", CultureInfo.InvariantCulture) + "\n"));
        output.Write(Encoding.ASCII.GetBytes(PeakBytes().ToString(CultureInfo.InvariantCulture) + "\n"));
        return 0;
    }

    /// <summary>As the Linux kernel counts it (proc(5), VmHWM, in KB); 0 on other systems.</summary>
    private static long PeakBytes()
    {
        const string Status = "/proc/self/status";
        const string Name = "VmHWM:";
        if (!File.Exists(Status))
        {
            return 0;
        }

        string status = File.ReadAllText(Status);
        int start = status.IndexOf(Name, StringComparison.Ordinal) + Name.Length;
        return 1024 * long.Parse(status.AsSpan(start, status.IndexOf("kB", start, StringComparison.Ordinal) - start), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);
    }
}
