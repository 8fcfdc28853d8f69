using System;
using System.IO;

namespace ModelBuild.Testing;

/// <summary>The directory of ModelBuild.sln, found from where the tests run.</summary>
public static class RepositoryRoot
{
    public static string Path { get; } = Find();

    public static string Combine(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    private static string Find()
    {
        for (DirectoryInfo? directory = new(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(directory.FullName, "ModelBuild.sln")))
            {
                return directory.FullName;
            }
        }

        throw new InvalidOperationException($"ModelBuild.sln was not found above {AppContext.BaseDirectory}.");
    }
}
