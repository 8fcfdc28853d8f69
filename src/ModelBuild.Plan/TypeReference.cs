using System;
using System.Collections.Generic;
using System.Linq;

namespace ModelBuild.Plan;

/// <summary>The name of a type in a kernel call: an element type by its short name (<c>f32</c>), or a struct of the kernel library.</summary>
/// <param name="Name">For example <c>f32</c> or <c>Clamp</c>.</param>
/// <param name="Arguments">Type arguments; empty for most.</param>
public sealed record TypeReference(string Name, IReadOnlyList<TypeReference> Arguments)
{
    private const int MaxDepth = 64;

    /// <summary>A type without type arguments.</summary>
    public TypeReference(string name)
        : this(name, [])
    {
    }

    /// <summary>The element type that this names, or null where it names a struct.</summary>
    public ElementType? Element => Arguments.Count == 0 && ElementTypes.TryParse(Name, out var type) ? type : null;

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <exception cref="FormatException">The text is not a type.</exception>
    public static TypeReference Parse(string text) => Parse(text, 0);

    /// <summary>Types separated by commas; none for an empty text.</summary>
    /// <exception cref="FormatException">The text is not a list of types.</exception>
    public static IReadOnlyList<TypeReference> ParseList(string text) => ParseList(text, 0);

    private static TypeReference Parse(string text, int depth)
    {
        var open = text.IndexOf('<');
        if (text.Length == 0 || open == 0 || depth > MaxDepth || (open > 0 && text[text.Length - 1] != '>'))
        {
            throw new FormatException($"'{text}' is not a type.");
        }

        return open < 0 ? new TypeReference(text) : new TypeReference(text.Substring(0, open), ParseList(text.Substring(open + 1, text.Length - open - 2), depth + 1));
    }

    private static IReadOnlyList<TypeReference> ParseList(string text, int nesting)
    {
        var types = new List<TypeReference>();
        var depth = 0;
        var start = 0;
        for (var i = 0; i <= text.Length && text.Length > 0; i++)
        {
            if (i == text.Length || (text[i] == ',' && depth == 0))
            {
                types.Add(Parse(text.Substring(start, i - start), nesting));
                start = i + 1;
            }
            else if (text[i] == '<')
            {
                depth++;
            }
            else if (text[i] == '>')
            {
                depth--;
            }
        }

        return types;
    }

    /// <summary>For example <c>Add&lt;f32&gt;</c>.</summary>
    public override string ToString() => Arguments.Count == 0 ? Name : $"{Name}<{string.Join(",", Arguments)}>";

    /// <inheritdoc/>
    public bool Equals(TypeReference? other) => other is not null && Name == other.Name && Arguments.SequenceEqual(other.Arguments);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());
}
