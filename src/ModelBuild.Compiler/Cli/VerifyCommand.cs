using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Verification;
using ModelBuild.Onnx.Diagnostics;

namespace ModelBuild.Compiler.Cli;

/// <summary><c>verify DIR... [--emit]</c>: compiles and runs the cases in folders and compares their outputs with those that are stored beside them.</summary>
internal static class VerifyCommand
{
    public static Command Create(TextWriter output, TextWriter error)
    {
        var folders = new Argument<string[]>("dir") { Description = "Folders that are cases, or hold cases.", Arity = ArgumentArity.OneOrMore };
        var emit = new Option<bool>("--emit") { Description = "Runs the generated C# too, which must give the same bits." };
        var all = new Option<bool>("--all") { Description = "Prints the cases that pass, too." };
        var bits = new Option<string?>("--bits") { Description = "Bits per weight, as in compile; prints how far each model is from itself in floats." };
        var command = new Command("verify", "Compares what models compute with what is expected of them.") { folders, emit, all, bits };
        command.SetAction(result =>
        {
            var sink = new DiagnosticSink();
            var options = OptionReader.Read(result.GetValue(bits) is { } value ? [("Bits", value)] : [], "verify", sink);
            foreach (var missing in result.GetValue(folders)!.Where(folder => !Directory.Exists(folder)))
            {
                sink.Add(OptionDiagnostics.InvalidCommandLine.Create(missing, null, "there is no such folder"));
            }

            if (result.GetValue(emit) && !EmitterLibrary.Exists)
            {
                sink.Add(OptionDiagnostics.InvalidCommandLine.Create("verify", null, "--emit needs the C# compiler, which only a build of the sources has beside this program"));
            }

            if (sink.HasErrors)
            {
                return CommandLine.Report(sink, error);
            }

            var counts = new int[Enum.GetValues<CaseOutcome>().Length];
            foreach (var verified in new Verifier(options, result.GetValue(emit)).Verify(result.GetValue(folders)!.SelectMany(VerifyCase.Find)))
            {
                counts[(int)verified.Outcome]++;
                if (verified.Outcome != CaseOutcome.Passed || verified.Reason.Length > 0 || result.GetValue(all))
                {
                    output.WriteLine($"{verified.Outcome.ToString().ToLowerInvariant()} {verified.Case.Name}{(verified.Reason.Length == 0 ? string.Empty : ": ")}{verified.Reason}");
                }
            }

            output.WriteLine($"{counts[0]} passed, {counts[1]} failed, {counts[2]} unsupported");
            return counts[1] > 0 ? 1 : 0;
        });
        return command;
    }
}
