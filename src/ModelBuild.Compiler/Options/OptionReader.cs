using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Onnx.Diagnostics;

namespace ModelBuild.Compiler.Options;

/// <summary>Reads options that were given as texts.</summary>
internal static class OptionReader
{
    /// <summary>The options; problems go to <paramref name="sink"/>, all of them. An empty value leaves the default.</summary>
    public static CompileOptions Read(IEnumerable<(string Name, string Value)> settings, string file, DiagnosticSink sink)
    {
        var options = new CompileOptions();
        foreach (var (name, value) in settings)
        {
            if (OptionTable.Find(name) is not { } definition)
            {
                sink.Add(OptionDiagnostics.UnknownOption.Create(file, null, name, Suggestion(name)));
                continue;
            }

            if (value.Length == 0)
            {
                continue;
            }

            try
            {
                options = definition.Apply(options, value);
            }
            catch (FormatException)
            {
                sink.Add(OptionDiagnostics.InvalidValue.Create(file, null, definition.Name, value, definition.Values));
            }
        }

        if (options.Activations == ActivationRanges.Static && options.Calibration.Count == 0)
        {
            sink.Add(OptionDiagnostics.Contradiction.Create(file, null, "Activations=\"static\" needs Calibration"));
        }

        if (options.Labels is not null && options.Calibration.Count == 0)
        {
            sink.Add(OptionDiagnostics.Contradiction.Create(file, null, "Labels needs Calibration"));
        }

        return options;
    }

    private static string Suggestion(string name)
    {
        var nearest = OptionTable.All.Select(option => option.Name).MinBy(option => Distance(option.ToUpperInvariant(), name.ToUpperInvariant()))!;
        return Distance(nearest.ToUpperInvariant(), name.ToUpperInvariant()) <= 3 ? $"; did you mean \"{nearest}\"?" : string.Empty;
    }

    // Levenshtein distance.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
            }
        }

        return row[^1];
    }
}
