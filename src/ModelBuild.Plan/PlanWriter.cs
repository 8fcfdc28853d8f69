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
    internal const string Magic = "modelbuild-plan-4";

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

        foreach (var state in plan.States)
        {
            Line(text, "state", Number(state.Input), Number(state.Output));
        }

        foreach (var standard in plan.Defaults)
        {
            Line(text, "default", Number(standard.Input), Number(standard.Constant));
        }

        foreach (var call in plan.PrepareSteps)
        {
            Write(text, "prepare", Write(call), call);
        }

        foreach (var step in plan.Steps)
        {
            Write(text, Keyword(step), Write(step), step);
        }

        return text.ToString();
    }

    /// <summary>One step as it stands in a plan behind its keyword, without its nodes and note.</summary>
    public static string Write(PlanStep step) => step switch
    {
        KernelCall call => Write(call),
        BindStep bind => $"{Word(bind.Symbol)} <{Number(bind.Buffer)} {Number(bind.Index)} {(bind.Saturates ? "saturate" : "exact")}",
        AssignStep assign => string.Join(" ", assign.Assignments.Select(assignment => $"{Word(assignment.Symbol)}={assignment.Value}")),
        RequireStep require => require.Zero.ToString(),
        IfStep branch => $"<{Number(branch.Condition)}",
        LoopStep loop => $"{Word(loop.Iteration)} {loop.Trips?.ToString() ?? "-"} {(loop.Condition < 0 ? "-" : $"<{Number(loop.Condition)}")}",
        _ => string.Empty,
    };

    private static string Write(KernelCall call)
    {
        var types = call.TypeArguments.Count == 0 ? string.Empty : $"<{string.Join(",", call.TypeArguments)}>";
        return string.Join(" ", call.Arguments.Select(Write).Prepend(call.Kernel + types));
    }

    internal static string StorageName(Storage storage) => storage.ToString().ToLowerInvariant();

    /// <summary>The first word of a step in a plan.</summary>
    public static string Keyword(PlanStep step) => step switch
    {
        KernelCall => "call",
        BindStep => "bind",
        AssignStep => "assign",
        RequireStep => "require",
        IfStep => "if",
        ElseStep => "else",
        LoopStep => "loop",
        EndStep => "end",
        _ => throw new System.ArgumentException($"A step of type {step.GetType()} has no text.", nameof(step)),
    };

    private static void Write(StringBuilder text, string keyword, string fields, PlanStep step)
    {
        text.Append(keyword).Append(fields.Length > 0 ? " " : string.Empty).Append(fields).Append('\n');
        if (step.Nodes.Count > 0)
        {
            Line(text, " from", [.. step.Nodes.Select(Quote)]);
        }

        if (step.Note.Length > 0)
        {
            Line(text, " note", Quote(step.Note));
        }

        if (step is KernelCall { IsParallel: true } call)
        {
            Line(text, " parts", call.Parts.ToString(), call.BriefParts.ToString());
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
