using System.Collections.Generic;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModelBuild.Generator.Sources;

/// <summary>
/// A file for a project that checks integer arithmetic for overflow (<c>CheckForOverflowUnderflow</c>): kernels count on results that wrap around, and on conversions
/// that cut bits off, and C# has no way to say so for a whole file. The body of every member becomes an unchecked block, on the lines that it has.
/// </summary>
internal static class UncheckedSource
{
    public static string Of(string text, CSharpParseOptions parsing)
    {
        var edits = new List<(int Position, string Text, int Removed)>();
        foreach (var node in CSharpSyntaxTree.ParseText(text, parsing).GetRoot().DescendantNodes(node => node is not (BlockSyntax or ArrowExpressionClauseSyntax)))
        {
            switch (node)
            {
                case BlockSyntax block:
                    edits.Add((block.OpenBraceToken.Span.End, " unchecked {", 0));
                    edits.Add((block.CloseBraceToken.SpanStart, "} ", 0));
                    break;
                case ArrowExpressionClauseSyntax { Expression: not ThrowExpressionSyntax } arrow:
                    var (open, close) = arrow.Parent is BasePropertyDeclarationSyntax ? ("{ get { unchecked {", "} } }") : ("{ unchecked {", "} }");
                    edits.Add((arrow.ArrowToken.SpanStart, open + (IsStatement(arrow) ? string.Empty : " return"), arrow.ArrowToken.Span.Length));
                    edits.Add((arrow.GetLastToken().GetNextToken().Span.End, " " + close, 0));
                    break;
            }
        }

        return Apply(text, edits);
    }

    // Whether the expression after the arrow stands for a statement and not for a result.
    private static bool IsStatement(ArrowExpressionClauseSyntax arrow) => arrow.Parent switch
    {
        MethodDeclarationSyntax method => method.ReturnType is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword },
        ConstructorDeclarationSyntax or DestructorDeclarationSyntax => true,
        AccessorDeclarationSyntax accessor => !accessor.IsKind(SyntaxKind.GetAccessorDeclaration),
        _ => false,
    };

    private static string Apply(string text, IEnumerable<(int Position, string Text, int Removed)> edits)
    {
        var result = new StringBuilder(text.Length * 2);
        var position = 0;
        foreach (var edit in edits.OrderBy(edit => edit.Position))
        {
            result.Append(text, position, edit.Position - position).Append(edit.Text);
            position = edit.Position + edit.Removed;
        }

        return result.Append(text, position, text.Length - position).ToString();
    }
}
