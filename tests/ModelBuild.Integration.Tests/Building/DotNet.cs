using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Text;

namespace ModelBuild.Integration.Tests.Building;

/// <summary>What a process printed and returned.</summary>
internal sealed record CommandResult(string Command, int ExitCode, string Output, TimeSpan Time)
{
    /// <summary>The result, if the process succeeded; its output is in the exception if not.</summary>
    public CommandResult OrThrow() => ExitCode == 0 ? this : throw new InvalidOperationException($"{Command} returned {ExitCode}:{Environment.NewLine}{Output}");
}

/// <summary>Runs <c>dotnet</c> and the programs that it builds.</summary>
internal static class DotNet
{
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(15);

    /// <summary>Runs <c>dotnet</c> with these arguments.</summary>
    public static CommandResult Run(string workingDirectory, IEnumerable<string> arguments, params (string Name, string Value)[] environment) =>
        Execute(workingDirectory, Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments, environment);

    /// <summary>Runs a program and waits for it. A build that hangs is ended together with what it started.</summary>
    public static CommandResult Execute(string workingDirectory, string program, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        PrepareEnvironment(start, environment);

        var clock = Stopwatch.StartNew();
        var output = new StringBuilder();
        using var process = new Process { StartInfo = start };
        DataReceivedEventHandler append = (_, line) =>
        {
            lock (output)
            {
                output.AppendLine(line.Data);
            }
        };
        process.OutputDataReceived += append;
        process.ErrorDataReceived += append;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!process.WaitForExit(LongestRun))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', start.ArgumentList)} did not end:{Environment.NewLine}{output}");
        }

        process.WaitForExit();
        return new CommandResult($"{program} {string.Join(' ', start.ArgumentList)}", process.ExitCode, output.ToString(), clock.Elapsed);
    }

    private static void PrepareEnvironment(ProcessStartInfo start, (string Name, string Value)[] environment)
    {
        // "dotnet test" tells its children which MSBuild to use and how; the builds here start from nothing.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        // It would take the place of the feed's own folder of packages.
        start.Environment.Remove("NUGET_PACKAGES");
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
    }
}
