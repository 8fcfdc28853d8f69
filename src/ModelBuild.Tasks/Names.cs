using System.Linq;

namespace ModelBuild.Tasks;

/// <summary>C# names made from, or given in, projects.</summary>
internal static class Names
{
    /// <summary>The root namespace as C# takes it: <c>my-app.1</c> gives <c>my_app._1</c>.</summary>
    public static string Namespace(string rootNamespace) =>
        string.Join(".", rootNamespace.Split('.').Where(part => part.Length > 0).Select(part =>
        {
            var name = new string([.. part.Select(c => IsNameCharacter(c) ? c : '_')]);
            return char.IsDigit(name[0]) ? "_" + name : name;
        }));

    /// <summary>Letters, digits and underscores, no digit first. Keywords pass: C# itself reports them, and with the line where they stand.</summary>
    public static bool IsIdentifier(string name) => name.Length > 0 && !char.IsDigit(name[0]) && name.All(IsNameCharacter);

    private static bool IsNameCharacter(char c) => c == '_' || char.IsLetterOrDigit(c);
}
