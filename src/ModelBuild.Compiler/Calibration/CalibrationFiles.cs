using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Enumeration;
using System.Linq;

namespace ModelBuild.Compiler.Calibration;

/// <summary>A file that the option Calibration names.</summary>
/// <param name="Input">The input that the entry names; null where it names none.</param>
/// <param name="Path">The path; a pattern that nothing matches stays as it is.</param>
/// <param name="IsPattern">Whether the path is a pattern that nothing matches.</param>
internal sealed record CalibrationFile(string? Input, string Path, bool IsPattern);

/// <summary>Finds the files of the option Calibration: paths, <c>name=path</c>, and patterns with *, ? and **.</summary>
internal static class CalibrationFiles
{
    private const string AnyFolders = "**";

    /// <summary>All files, those of one pattern in ordinal order of their paths with forward slashes: the same on every system.</summary>
    public static IReadOnlyList<CalibrationFile> Expand(IEnumerable<string> entries) => [.. entries.SelectMany(Expand)];

    private static IEnumerable<CalibrationFile> Expand(string entry)
    {
        var (input, path) = Split(entry);
        if (!IsPattern(path))
        {
            return [new CalibrationFile(input, path, IsPattern: false)];
        }

        var found = Match(path);
        return found.Count == 0
            ? [new CalibrationFile(input, path, IsPattern: true)]
            : found.Select(file => new CalibrationFile(input, file, IsPattern: false));
    }

    // A path may hold '=' too: an entry that is a file as a whole names no input.
    private static (string? Input, string Path) Split(string entry)
    {
        var equals = entry.IndexOf('=', StringComparison.Ordinal);
        return equals <= 0 || IsPattern(entry[..equals]) || File.Exists(entry) ? (null, entry) : (entry[..equals], entry[(equals + 1)..]);
    }

    private static bool IsPattern(string path) => path.AsSpan().ContainsAny('*', '?');

    private static List<string> Match(string pattern)
    {
        var parts = pattern.Replace('\\', '/').Split('/');
        var fixedParts = parts.TakeWhile(part => !IsPattern(part)).ToArray();
        var root = fixedParts.Length == 0 ? "." : string.Join('/', fixedParts);
        if (root.Length == 0)
        {
            root = "/";
        }

        var found = new List<string>();
        if (Directory.Exists(root))
        {
            Match(root, parts.AsSpan(fixedParts.Length), found);
        }

        // Only the pattern's own files are wanted once, whichever way ** reached them.
        return [.. found.Select(file => file.StartsWith("./", StringComparison.Ordinal) && fixedParts.Length == 0 ? file[2..] : file).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static void Match(string folder, ReadOnlySpan<string> parts, List<string> found)
    {
        var prefix = folder.EndsWith('/') ? folder : folder + "/";
        if (parts[0] == AnyFolders)
        {
            if (parts.Length > 1)
            {
                Match(folder, parts[1..], found);
            }

            foreach (var inner in Names(Directory.EnumerateDirectories(folder), "*"))
            {
                Match(prefix + inner, parts, found);
            }
        }
        else if (parts.Length == 1)
        {
            found.AddRange(Names(Directory.EnumerateFiles(folder), parts[0]).Select(name => prefix + name));
        }
        else
        {
            foreach (var inner in Names(Directory.EnumerateDirectories(folder), parts[0]))
            {
                Match(prefix + inner, parts[1..], found);
            }
        }
    }

    private static IEnumerable<string> Names(IEnumerable<string> paths, string pattern) =>
        paths.Select(path => Path.GetFileName(path)).Where(name => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false)).Order(StringComparer.Ordinal);
}
