using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace ModelBuild.Generator.Sources;

/// <summary>The sources of all kernels and what they need of each other.</summary>
internal sealed class KernelLibrary
{
    private const string ResourcePrefix = "Kernels/";

    private static readonly Lazy<KernelLibrary> LazyEmbedded = new(() => new KernelLibrary(ReadResources()));

    private readonly Dictionary<string, KernelSource> _byPath;
    private readonly ILookup<string, KernelSource> _byName;

    /// <param name="sources">Files as pairs of path and text.</param>
    public KernelLibrary(IEnumerable<(string Path, string Text)> sources)
    {
        var files = sources.Select(source => new KernelSource(source.Path, source.Text)).Where(source => !source.IsBuildTimeOnly).ToList();
        _byPath = files.ToDictionary(file => file.Path);
        _byName = files.SelectMany(file => file.DeclaredNames, (file, name) => (file, name)).ToLookup(pair => pair.name, pair => pair.file);
    }

    /// <summary>The library that this generator was built with.</summary>
    public static KernelLibrary Embedded => LazyEmbedded.Value;

    public IReadOnlyCollection<KernelSource> Files => _byPath.Values;

    public KernelSource this[string path] => _byPath[path];

    /// <summary>Whether a type of this name exists.</summary>
    public bool Declares(string name) => _byName.Contains(name);

    /// <summary>
    /// The paths of the files that declare <paramref name="names"/>, of the files that declare what those mention, and so on; sorted.
    /// </summary>
    public IReadOnlyList<string> Closure(IEnumerable<string> names)
    {
        var found = new HashSet<string>();
        var open = new Stack<KernelSource>(names.SelectMany(name => _byName[name]));
        while (open.Count > 0)
        {
            var file = open.Pop();
            if (found.Add(file.Path))
            {
                foreach (var needed in file.Mentioned.SelectMany(name => _byName[name]))
                {
                    open.Push(needed);
                }
            }
        }

        return [.. found.OrderBy(path => path, StringComparer.Ordinal)];
    }

    private static IEnumerable<(string Path, string Text)> ReadResources()
    {
        var assembly = typeof(KernelLibrary).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
            yield return (name.Substring(ResourcePrefix.Length), reader.ReadToEnd());
        }
    }
}
