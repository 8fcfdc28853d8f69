using System;
using System.IO;

namespace ModelBuild.Tasks;

/// <summary>Finds the <c>dotnet</c> that runs the compiler.</summary>
internal static class DotNetHost
{
    /// <summary>The host's file name on this system.</summary>
    public static string FileName { get; } = Path.DirectorySeparatorChar == '\\' ? "dotnet.exe" : "dotnet";

    /// <summary>
    /// The host that runs this build; in Visual Studio, where there is none, the one of the SDK that the project uses; and at last the one on the PATH.
    /// </summary>
    public static string Find(string dotNetRoot)
    {
        var running = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH");
        if (!string.IsNullOrEmpty(running) && File.Exists(running))
        {
            return running;
        }

        var ofSdk = Path.Combine(dotNetRoot, FileName);
        return dotNetRoot.Length > 0 && File.Exists(ofSdk) ? ofSdk : FileName;
    }
}
