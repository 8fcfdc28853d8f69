using System;
using System.Collections.Generic;
using System.IO;

namespace ModelBuild.Onnx.Reading;

/// <summary>
/// The path that the operating system really opens: symbolic links are followed in every component, not only in the last one, which is
/// all that <see cref="FileSystemInfo.ResolveLinkTarget"/> does.
/// </summary>
internal static class RealPath
{
    // What Linux allows; a loop of links reaches it.
    private const int MostLinks = 40;

    private static readonly char[] Separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];

    /// <summary>Resolves an absolute path. Components that do not exist are kept as they are.</summary>
    /// <exception cref="IOException">There are too many links.</exception>
    public static string Resolve(string fullPath)
    {
        string current = Path.GetPathRoot(fullPath)!;
        var pending = new Stack<string>();
        Push(pending, fullPath[current.Length..]);
        int links = 0;
        while (pending.TryPop(out string? name))
        {
            if (name == "..")
            {
                current = Path.GetDirectoryName(current) ?? current;
                continue;
            }

            string next = Path.Combine(current, name);
            string? target = (Directory.Exists(next) ? (FileSystemInfo)new DirectoryInfo(next) : new FileInfo(next)).LinkTarget;
            if (target is null)
            {
                current = next;
                continue;
            }

            if (++links > MostLinks)
            {
                throw new IOException("there are too many symbolic links on its path");
            }

            if (Path.IsPathRooted(target))
            {
                current = Path.GetPathRoot(target)!;
                target = target[current.Length..];
            }

            Push(pending, target);
        }

        return current;
    }

    /// <summary>Whether <paramref name="path"/> lies below <paramref name="directory"/>; both are real paths.</summary>
    public static bool IsInside(string path, string directory) =>
        path.StartsWith(Path.EndsInDirectorySeparator(directory) ? directory : directory + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static void Push(Stack<string> pending, string relativePath)
    {
        string[] names = relativePath.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        for (int i = names.Length - 1; i >= 0; i--)
        {
            if (names[i] != ".")
            {
                pending.Push(names[i]);
            }
        }
    }
}
