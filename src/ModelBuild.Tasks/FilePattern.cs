using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace ModelBuild.Tasks;

/// <summary>Expands file patterns as MSBuild does for items, which it does not do for metadata.</summary>
internal static class FilePattern
{
    private static readonly char[] Separators = ['/', '\\'];
    private static readonly char[] Wildcards = ['*', '?'];

    /// <summary>
    /// The files that match, as full paths in ordinal order, so that the result does not depend on the file system. <c>*</c> and <c>?</c> stay within one
    /// folder's name, <c>**</c> stands for any folders, and a folder for all files right in it.
    /// </summary>
    public static IReadOnlyList<string> Expand(string projectDirectory, string pattern)
    {
        var parts = pattern.Split(Separators);
        var fixedParts = parts.TakeWhile(part => part.IndexOfAny(Wildcards) < 0).ToArray();
        var root = Path.GetFullPath(Path.Combine(projectDirectory, string.Join(Path.DirectorySeparatorChar.ToString(), fixedParts)));
        if (fixedParts.Length == parts.Length)
        {
            return File.Exists(root) ? [root] : FilesIn(root, SearchOption.TopDirectoryOnly, _ => true);
        }

        // The folder before the first wildcard; an absolute pattern such as "/*.npy" has the root of the file system there.
        if (fixedParts.Length == 1 && fixedParts[0].Length == 0)
        {
            root = Path.DirectorySeparatorChar.ToString();
        }

        var rest = parts.Skip(fixedParts.Length).ToArray();
        var matcher = new Regex("^" + string.Join("/", rest.Select(ToRegex)).Replace("(.*)/", "(.*/)?") + "$", RegexOptions.CultureInvariant);
        var depth = rest.Length == 1 && rest[0] != "**" ? SearchOption.TopDirectoryOnly : SearchOption.AllDirectories;
        return FilesIn(root, depth, file => matcher.IsMatch(file.Substring(root.Length).TrimStart(Separators).Replace('\\', '/')));
    }

    private static string ToRegex(string part) =>
        part == "**" ? "(.*)" : Regex.Escape(part).Replace("\\*", "[^/]*").Replace("\\?", "[^/]");

    private static IReadOnlyList<string> FilesIn(string folder, SearchOption depth, Func<string, bool> matches) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*", depth).Where(matches).OrderBy(file => file, StringComparer.Ordinal)] : [];
}
