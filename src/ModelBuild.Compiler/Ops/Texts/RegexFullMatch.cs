using System;
using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Whether texts match a pattern as a whole. https://onnx.ai/onnx/operators/onnx__RegexFullMatch.html
/// Versions: 20. The pattern is matched in linear time, by .NET's rules for regular expressions.
/// </summary>
internal sealed class RegexFullMatch : Op
{
    public override IReadOnlyList<int> Versions => [20];

    public override void Infer(InferContext context)
    {
        var pattern = context.Attributes.Require<string>("pattern");
        try
        {
            _ = new System.Text.RegularExpressions.Regex(pattern, System.Text.RegularExpressions.RegexOptions.NonBacktracking);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw new OperatorException($"pattern: {exception.Message}");
        }

        context.Output(0, context.Type(0).With(ElementType.Bool));
    }

    public override void Lower(LowerContext context) => context.Call(
        typeof(Kernels.Texts), nameof(Kernels.Texts.Matches), context.Input(0), context.Constant(Tensor.Of([context.Attributes.Require<string>("pattern")], 1), "pattern", string.Empty), context.Output);
}
