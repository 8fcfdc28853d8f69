using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace ModelBuild.Plan;

/// <summary>
/// Writes a plan as text: one fact a line, fields separated by spaces, free text in quotes, the same bytes for the same plan. <see cref="PlanReader"/> is the
/// other half.
/// </summary>
public static class PlanWriter
{
    /// <summary>The first word of every plan; the number changes whenever the format does.</summary>
    internal const string Magic = "modelbuild-plan-1";

    /// <summary>Writes a plan, with lines that end in <c>\n</c>.</summary>
    public static string Write(ModelPlan plan)
    {
        var text = new StringBuilder();
        Line(text, Magic, Word(plan.Key));
        Line(text, "source", Quote(plan.Source.File), Word(plan.Source.Sha256), Quote(plan.Source.Opset), Quote(plan.Source.Producer));
        Line(text, "class", Word(plan.ClassName), Quote(plan.Namespace));
        Line(text, "threads", Number(plan.Threads));
        Line(text, "weights", Quote(plan.Weights.ResourceName), Number(plan.Weights.Length), Word(plan.Weights.Sha256));
        Line(text, "prepared", Number(plan.PreparedLength));
        foreach (var line in plan.Summary)
        {
            Line(text, "summary", Quote(line));
        }

        foreach (var symbol in plan.Symbols)
        {
            Line(text, "symbol", Word(symbol.Name), Quote(symbol.OnnxName), Number(symbol.Min), Number(symbol.Max), Number(symbol.Input), symbol.Divisor.ToString());
        }

        foreach (var slot in plan.Slots)
        {
            Line(text, "slot", slot.ToString());
        }

        foreach (var buffer in plan.Buffers)
        {
            Line(
                text,
                "buffer",
                Word(buffer.Name),
                Quote(buffer.OnnxName),
                buffer.Type.ShortName(),
                $"[{string.Join(",", buffer.Shape)}]",
                StorageName(buffer.Storage),
                Number(buffer.Slot),
                Number(buffer.Offset),
                Quote(buffer.Note));
        }

        WriteCalls(text, "prepare", plan.PrepareSteps);
        WriteCalls(text, "call", plan.Steps);
        return text.ToString();
    }

    /// <summary>One call as it stands in a plan, without its nodes and note.</summary>
    public static string Write(KernelCall call)
    {
        var types = call.TypeArguments.Count == 0 ? string.Empty : $"<{string.Join(",", call.TypeArguments)}>";
        return string.Join(" ", call.Arguments.Select(Write).Prepend(call.Kernel + types));
    }

    internal static string StorageName(Storage storage) => storage.ToString().ToLowerInvariant();

    private static void WriteCalls(StringBuilder text, string keyword, IReadOnlyList<KernelCall> calls)
    {
        foreach (var call in calls)
        {
            Line(text, keyword, Write(call));
            Line(text, " from", [.. call.Nodes.Select(Quote)]);
            if (call.Note.Length > 0)
            {
                Line(text, " note", Quote(call.Note));
            }

            if (call.IsParallel)
            {
                Line(text, " parts", call.Parts.ToString());
            }
        }
    }

    private static string Write(Argument argument) => argument.Parameter + "=" + argument switch
    {
        BufferArgument buffer => (buffer.IsWritten ? ">" : "<") + Number(buffer.Buffer),
        ScalarArgument scalar => scalar.Value.ToString(),
        StructArgument value => $"{value.Type}{{{string.Join(";", value.Fields.Select(field => $"{field.Name}={field.Value}"))}}}",
        _ => throw new System.ArgumentException($"An argument of type {argument.GetType()} has no text.", nameof(argument)),
    };

    private static void Line(StringBuilder text, string keyword, params string[] fields)
    {
        text.Append(keyword);
        foreach (var field in fields)
        {
            text.Append(' ').Append(field);
        }

        text.Append('\n');
    }

    // Words stand without quotes, so they can hold nothing that separates fields.
    private static string Word(string value) => value.Length > 0 && !value.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c == '"')
        ? value
        : throw new System.ArgumentException($"'{value}' is not a word.", nameof(value));

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Quote(string value)
    {
        var text = new StringBuilder("\"");
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (c is '"' or '\\')
            {
                text.Append('\\').Append(c);
            }
            else if (c < ' ' || c is '\u2028' or '\u2029' or '\u0085' or '\u007f' or '\ufeff' || IsLoneSurrogate(value, i))
            {
                text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                text.Append(c);
            }
        }

        return text.Append('"').ToString();
    }

    // Half of a character, which UTF-8 cannot hold.
    private static bool IsLoneSurrogate(string value, int index) => char.IsHighSurrogate(value[index])
        ? index + 1 == value.Length || !char.IsLowSurrogate(value[index + 1])
        : char.IsLowSurrogate(value[index]) && (index == 0 || !char.IsHighSurrogate(value[index - 1]));
}
