using System;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using DiffPlex;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace ModelBuild.Testing;

/// <summary>
/// Compares a text with the accepted one beside the test, under the file names of the Verify library:
/// Class.Method.verified.cs is accepted, Class.Method.received.cs is what the test got and is written on a difference.
/// </summary>
public static class Snapshot
{
    /// <param name="text">What the test got. Line ends are compared as \n.</param>
    /// <param name="name">Tells apart the snapshots of one test method.</param>
    /// <param name="extension">The kind of text, without the dot.</param>
    /// <param name="sourceFile">Given by the compiler.</param>
    /// <param name="method">Given by the compiler.</param>
    public static void Match(
        string text, string? name = null, string extension = "cs", [CallerFilePath] string sourceFile = "", [CallerMemberName] string method = "")
    {
        string stem = Path.ChangeExtension(sourceFile, null) + "." + method + (name is null ? string.Empty : "_" + name);
        Match(text, $"{stem}.verified.{extension}", $"{stem}.received.{extension}");
    }

    internal static void Match(string text, string verifiedPath, string receivedPath)
    {
        string received = text.ReplaceLineEndings("\n");
        string verified = File.Exists(verifiedPath) ? File.ReadAllText(verifiedPath).ReplaceLineEndings("\n") : string.Empty;
        if (File.Exists(verifiedPath) && verified == received)
        {
            File.Delete(receivedPath);
            return;
        }

        File.WriteAllText(receivedPath, received);
        throw new SnapshotException($"{receivedPath} differs from {Path.GetFileName(verifiedPath)}, which is what was accepted. If it is right, accept it with build/accept-snapshots.sh.\n{Diff(verified, received)}");
    }

    private static string Diff(string verified, string received)
    {
        DiffPaneModel diff = new InlineDiffBuilder(new Differ()).BuildDiffModel(verified, received, ignoreWhitespace: false);
        return string.Join('\n', diff.Lines.Where(l => l.Type != ChangeType.Unchanged).Take(100).Select(l => (l.Type == ChangeType.Inserted ? "+ " : "- ") + l.Text));
    }
}

/// <summary>A text is not what was accepted.</summary>
public sealed class SnapshotException(string message) : Exception(message);
