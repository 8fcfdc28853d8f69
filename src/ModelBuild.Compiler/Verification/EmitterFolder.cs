using System;
using System.IO;
using System.Runtime.Loader;

namespace ModelBuild.Compiler.Verification;

/// <summary>Where the C# compiler and the generator lie, which only <c>verify --emit</c> needs, so that they are no part of the program as it is packaged.</summary>
internal static class EmitterFolder
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "emit");

    /// <summary>Whether they are there.</summary>
    public static bool Exists => Directory.Exists(Folder);

    /// <summary>Finds their assemblies from now on.</summary>
    public static void Use() => AssemblyLoadContext.Default.Resolving += static (context, name) =>
        Path.Combine(Folder, name.Name + ".dll") is var path && File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
}
