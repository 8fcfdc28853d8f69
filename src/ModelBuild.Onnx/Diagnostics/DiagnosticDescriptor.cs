using System;
using System.Collections.Generic;
using System.Globalization;
using System.Reflection;

namespace ModelBuild.Onnx.Diagnostics;

/// <summary>
/// One kind of problem: the only place where its code, wording and remedy are written. Descriptors are the public static fields of
/// table classes such as <see cref="ReaderDiagnostics"/>; each has a page <c>docs/diagnostics/MBnnnn.md</c>.
/// </summary>
/// <param name="Id">The code, such as <c>MB1001</c>.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Title">A headline for lists and docs pages.</param>
/// <param name="MessageFormat">What is wrong, as a composite format string (<c>{0}</c>), without a final full stop.</param>
/// <param name="Remedy">What the user can do about it: whole sentences.</param>
public sealed record DiagnosticDescriptor(string Id, DiagnosticSeverity Severity, string Title, string MessageFormat, string Remedy)
{
    /// <summary>Makes the diagnostic for one occurrence.</summary>
    /// <param name="file">The file as the user named it.</param>
    /// <param name="node">What <see cref="OnnxNode.Describe"/> says, or null when the problem belongs to no node.</param>
    /// <param name="arguments">The values for <see cref="MessageFormat"/>; names from the model go through <see cref="DiagnosticText.Quote"/>.</param>
    /// <remarks>A full stop at the end, which messages of the operating system have, is taken off: what follows is the remedy.</remarks>
    public Diagnostic Create(string file, string? node, params object?[] arguments) =>
        new(this, file, node, string.Format(CultureInfo.InvariantCulture, MessageFormat, arguments).TrimEnd('.'));

    /// <summary>All descriptors of a table class, in the order of their codes.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> In(Type table)
    {
        var descriptors = new List<DiagnosticDescriptor>();
        foreach (FieldInfo field in table.GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            if (field.GetValue(null) is DiagnosticDescriptor descriptor)
            {
                descriptors.Add(descriptor);
            }
        }

        descriptors.Sort((a, b) => string.CompareOrdinal(a.Id, b.Id));
        return descriptors;
    }
}
