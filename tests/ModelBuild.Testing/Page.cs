using System.IO;

namespace ModelBuild.Testing;

/// <summary>Compares a text with a page of docs/ that follows from the code; build/accept-snapshots.sh accepts pages, too.</summary>
public static class Page
{
    /// <param name="text">What the page should say, with \n as line ends.</param>
    /// <param name="name">The page's file name in docs/, such as <c>options.md</c>.</param>
    /// <exception cref="SnapshotException">The page says something else. What it should say is beside it, as <c>options.received.md</c>.</exception>
    public static void Match(string text, string name)
    {
        string page = RepositoryRoot.Combine("docs", name);
        Snapshot.Match(text, page, Path.ChangeExtension(page, ".received" + Path.GetExtension(page)));
    }
}
