using System;
using System.Linq;
using System.Text.RegularExpressions;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The tokens of each text along a new last axis: what lies between separators, what matches tokenexp, or every character where the only separator is empty.
/// https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.Tokenizer
/// Expressions are matched in linear time, by .NET's rules for regular expressions.
/// </summary>
internal sealed class Tokenizer : ContribOp
{
    public override void Expand(FunctionContext f)
    {
        string[] separators = f.Attributes.Get<string[]>("separators", []);
        string[] expression = separators.Length == 0 ? [f.Attributes.Require<string>("tokenexp")] : [];
        var isEveryCharacter = separators is [""];
        if (f.Attributes.Require<long>("mincharnum") < 1 || f.Type(0).Rank is < 1 or > 2 || (!isEveryCharacter && separators.Concat(expression).Contains(string.Empty)))
        {
            throw new OperatorException($"tokens of {f.Type(0)} with an empty expression, or of less than one character, are not defined");
        }

        try
        {
            foreach (var pattern in separators.Concat(expression))
            {
                _ = new Regex(pattern, RegexOptions.NonBacktracking);
            }
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw new OperatorException(exception.Message);
        }

        f.Output(0, f.Add($"{OwnDomain}.{nameof(TokenizeTexts)}", f.Attributes, f.Require(0), f.Add($"{OwnDomain}.{nameof(CountTokens)}", f.Attributes, f.Require(0))));
    }
}
