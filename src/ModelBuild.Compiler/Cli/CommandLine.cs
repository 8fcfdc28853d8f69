using System;
using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.IO;
using System.Linq;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Onnx.Diagnostics;

namespace ModelBuild.Compiler.Cli;

/// <summary>The program's commands. Results go to the output, problems to the error output in MSBuild's canonical form; the exit code is 0, or 1 after an error.</summary>
internal static class CommandLine
{
    private const string ToolName = "ModelBuild.Compiler";

    /// <summary>
    /// Runs one command; or, where the only argument is <c>@FILE</c>, one command for each line of that file, all of them even if one fails.
    /// </summary>
    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        if (args is not [{ Length: > 1 } only] || only[0] != '@')
        {
            return RunOne(args, output, error);
        }

        try
        {
            return File.ReadLines(only[1..]).Select(CommandLineParser.SplitCommandLine).Select(line => line.ToArray()).Where(line => line.Length > 0)
                .ToArray().Select(line => RunOne(line, output, error)).DefaultIfEmpty(0).Max();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Fail(error, $"the file of commands cannot be read: {exception.Message}");
        }
    }

    private static int RunOne(string[] args, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("Compiles ONNX models for .NET.")
        {
            CompileCommand.Create(output, error),
            DumpCommand.Create(output, error),
            RunCommand.Create(output, error),
            VerifyCommand.Create(output, error),
        };
        var result = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (result.Errors.Count > 0 && result.Action is ParseErrorAction)
        {
            return result.Errors.Select(problem => Fail(error, problem.Message.TrimEnd('.'))).Max();
        }

        try
        {
            return result.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (Exception exception)
        {
            // The last resort: whatever a model makes us do, the build sees an error with a code and not a crash.
            error.WriteLine(InternalDiagnostics.CompilerBug.Create(ToolName, null, string.Join(' ', args.Take(2)), $"{exception.GetType().Name}: {exception.Message}"));
            return 1;
        }
    }

    private static int Fail(TextWriter error, string message)
    {
        error.WriteLine(OptionDiagnostics.InvalidCommandLine.Create(ToolName, null, message));
        return 1;
    }

    /// <summary>Writes problems, and gives the exit code.</summary>
    internal static int Report(DiagnosticSink sink, TextWriter error)
    {
        foreach (var diagnostic in sink.All)
        {
            error.WriteLine(diagnostic);
        }

        return sink.HasErrors ? 1 : 0;
    }
}
