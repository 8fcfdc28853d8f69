using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using ModelBuild.Compiler.Ops;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Tests.Conformance;

/// <summary>Writes docs/operators.md.</summary>
internal static class OperatorsPage
{
    private const string Introduction = """
        # Operators

        Every operator that the compiler takes, in every version of its definition up to the newest one that is listed. A test writes this page.

        - **Versions**: the operator sets that defined the operator anew.
        - **Element types**: what its inputs take, found out by compiling a model of one node with each type; inputs are named where they differ. *floats* are float16, bfloat16,
          float32 and float64 (16 bits are widened to compute), *integers* those of 8 to 64 bits with and without a sign, *complex* complex64 and complex128, *8-bit floats* the
          five float8 types, *small integers* int4, uint4, int2 and uint2, *numbers* all these
          but complex, with bool and float4e2m1, *any* all with text. Nothing stands where there are no
          inputs, or no model at hand that shows it.
        - **8 bits**: what quantization (`Bits="8"` and models in QDQ form) makes of it: *layer* (products in integers, with weights of 8 bits), *sum* (integers), *moves* (bytes move,
          or some are chosen), *table* (a function of one byte), *mean* (sums of bytes). Others compute in floats between layers. With `Activations="dynamic"` only layers are in 8 bits.
        - **Limits**: what is valid ONNX and not compiled, or compiled only if something is constant.

        Inputs that give sizes, axes excepted, may be computed by the model; so may the sizes of outputs depend on data.

        """;

    private static readonly (string Title, Func<IReadOnlyList<ElementType>, bool> Fits, ElementType[] Types)[] Groups =
    [
        Group("floats", ElementType.Float16, ElementType.BFloat16, ElementType.Float, ElementType.Double),
        Group("integers", ElementType.Int8, ElementType.Int16, ElementType.Int32, ElementType.Int64, ElementType.UInt8, ElementType.UInt16, ElementType.UInt32, ElementType.UInt64),
        Group("bool", ElementType.Bool),
        Group("text", ElementType.String),
        Group("complex", ElementType.Complex64, ElementType.Complex128),
        Group("8-bit floats", ElementType.Float8E4M3FN, ElementType.Float8E4M3FNUZ, ElementType.Float8E5M2, ElementType.Float8E5M2FNUZ, ElementType.Float8E8M0),
        Group("float4e2m1", ElementType.Float4E2M1),
        Group("small integers", ElementType.Int4, ElementType.UInt4, ElementType.Int2, ElementType.UInt2),
    ];

    public static string Write(OperatorTypes types)
    {
        var text = new StringBuilder(Introduction.ReplaceLineEndings("\n"));
        foreach (var domain in OpRegistry.All.Where(op => op.Domain != Op.OwnDomain).GroupBy(op => op.Domain))
        {
            Op[] ops = [.. domain];
            text.Append(CultureInfo.InvariantCulture, $"\n## {(domain.Key.Length == 0 ? "ai.onnx" : domain.Key)}: {ops.Length} operators\n\n");
            (string Title, Func<Op, string> Cell)[] columns =
            [
                ("Operator", op => $"[{op.Name}]({Link(op)})"),
                ("Versions", op => string.Join(", ", op.Versions)),
                ("Element types", op => Types(types.Of(op.Domain, op.Name))),
                ("8 bits", EightBits),
                ("Limits", OperatorRemarks.Of),
            ];
            var rows = columns.Select(column => ops.Select(column.Cell).ToArray()).ToArray();
            int[] used = [.. Enumerable.Range(0, columns.Length).Where(column => rows[column].Any(cell => cell.Length > 0))];
            text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", used.Select(column => columns[column].Title))} |\n|{string.Concat(used.Select(_ => "---|"))}\n");
            for (var row = 0; row < ops.Length; row++)
            {
                text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", used.Select(column => rows[column][row]))} |\n");
            }
        }

        return text.ToString();
    }

    private static string Link(Op op) => op.Domain switch
    {
        "" => $"https://onnx.ai/onnx/operators/onnx__{op.Name}.html",
        "com.microsoft" => $"https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.{op.Name}",
        NchwcOp.Nchwc => "https://onnxruntime.ai/docs/performance/model-optimizations/graph-optimizations.html#layout-optimizations",
        _ => $"https://onnx.ai/onnx/operators/onnx_{op.Domain.Replace(".", string.Empty, StringComparison.Ordinal)}_{op.Name}.html",
    };

    private static string EightBits(Op op) => op.Domain.Length > 0 ? string.Empty : QuantizedDomain.RoleOf(op.Name) ?? string.Empty;

    private static string Types(IReadOnlyList<(string Input, IReadOnlyList<ElementType> Types)>? inputs)
    {
        if (inputs is null || inputs.Count == 0)
        {
            return string.Empty;
        }

        var texts = inputs.Select(input => (input.Input, Text: Text(input.Types))).GroupBy(input => input.Text).ToArray();
        return texts.Length == 1 ? texts[0].Key : string.Join("; ", texts.Select(group => $"{string.Join(", ", group.Select(input => input.Input))}: {group.Key}"));
    }

    private static string Text(IReadOnlyList<ElementType> types)
    {
        if (Groups.All(group => group.Fits(types)))
        {
            return "any";
        }

        var parts = new List<string>();
        if (Groups.Where(group => group.Title is not ("text" or "complex")).All(group => group.Fits(types)))
        {
            return string.Join(", ", Groups.Where(group => group.Title is "text" or "complex" && group.Fits(types)).Select(group => group.Title).Prepend("numbers"));
        }

        foreach (var (title, fits, members) in Groups)
        {
            parts.AddRange(fits(types) ? [title] : members.Where(types.Contains).Select(type => type.ToString().ToLowerInvariant() is "float" ? "float32" : type == ElementType.Double ? "float64" : type.ToString().ToLowerInvariant()));
        }

        return string.Join(", ", parts);
    }

    private static (string Title, Func<IReadOnlyList<ElementType>, bool> Fits, ElementType[] Types) Group(string title, params ElementType[] members) =>
        (title, types => members.All(types.Contains), members);
}
