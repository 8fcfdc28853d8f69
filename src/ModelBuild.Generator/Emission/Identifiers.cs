using System.Collections.Generic;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace ModelBuild.Generator.Emission;

/// <summary>Makes C# identifiers of any text.</summary>
internal static class Identifiers
{
    /// <summary>The words of <paramref name="text"/> joined, each with a capital first letter: <c>input_ids</c> is <c>InputIds</c>.</summary>
    public static string Pascal(string text)
    {
        var name = new StringBuilder();
        var isStart = true;
        foreach (var c in text)
        {
            if (!char.IsLetterOrDigit(c))
            {
                isStart = true;
                continue;
            }

            if (name.Length > 0 && char.IsDigit(c) && isStart && char.IsDigit(name[name.Length - 1]))
            {
                name.Append('_');
            }

            name.Append(isStart ? char.ToUpperInvariant(c) : c);
            isStart = false;
        }

        if (name.Length == 0)
        {
            name.Append("Value");
        }

        return SyntaxFacts.IsIdentifierStartCharacter(name[0]) ? name.ToString() : "_" + name;
    }

    /// <summary><see cref="Pascal"/> with its leading capitals, as of <c>ABCDef</c>, in lower case: <c>abcDef</c>.</summary>
    public static string Camel(string text)
    {
        var name = Pascal(text).ToCharArray();
        for (var i = 0; i < name.Length && char.IsUpper(name[i]) && (i == 0 || i + 1 == name.Length || !char.IsLower(name[i + 1])); i++)
        {
            name[i] = char.ToLowerInvariant(name[i]);
        }

        return new string(name);
    }

    /// <summary>An identifier as it must be written: keywords with <c>@</c>.</summary>
    public static string Escape(string identifier) => SyntaxFacts.GetKeywordKind(identifier) == SyntaxKind.None ? identifier : "@" + identifier;

    /// <summary><paramref name="name"/>, with a number behind it where <paramref name="taken"/>, to which it is added, has it in any case.</summary>
    public static string Unique(string name, HashSet<string> taken)
    {
        var unique = name;
        for (var i = 2; !taken.Add(unique.ToUpperInvariant()); i++)
        {
            unique = char.IsDigit(name[name.Length - 1]) ? $"{name}_{i}" : $"{name}{i}";
        }

        return unique;
    }
}
