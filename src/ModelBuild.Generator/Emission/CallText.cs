using System.Collections.Generic;
using System.Linq;
using ModelBuild.Plan;

namespace ModelBuild.Generator.Emission;

/// <summary>Writes a kernel call: buffers by position, numbers and structs by name. A parallel step calls one part of the kernel.</summary>
internal static class CallText
{
    private const int MaxWidth = 140;

    public static void Write(CodeWriter code, ModelContext model, Step step)
    {
        var call = step.Call;
        var types = call.TypeArguments.Count == 0 ? string.Empty : $"<{string.Join(", ", call.TypeArguments.Select(Literals.Of))}>";
        var line = $"{(step.IsParallel ? call.PartKernel : call.Kernel)}{types}(";
        var isFirstLine = true;
        var arguments = call.Arguments.Select(argument => Argument(model, step, argument)).Concat(step.IsParallel ? ["part: part", "parts: parts"] : []).ToList();
        for (var i = 0; i < arguments.Count; i++)
        {
            var text = arguments[i] + (i + 1 < arguments.Count ? "," : ");");
            if (line.Length > 0 && line.Length + 1 + text.Length > MaxWidth)
            {
                Flush(code, line, ref isFirstLine);
                line = text;
            }
            else
            {
                line += line.EndsWith("(", System.StringComparison.Ordinal) || line.Length == 0 ? text : " " + text;
            }
        }

        Flush(code, arguments.Count == 0 ? line + ");" : line, ref isFirstLine);
    }

    private static void Flush(CodeWriter code, string line, ref bool isFirstLine)
    {
        if (isFirstLine)
        {
            code.Line(line);
        }
        else
        {
            code.Continue(line);
        }

        isFirstLine = false;
    }

    private static string Argument(ModelContext model, Step step, Argument argument) => argument switch
    {
        BufferArgument buffer => Buffer(model, step, buffer.Buffer),
        ScalarArgument scalar => $"{Identifiers.Escape(scalar.Parameter)}: {Number(model, scalar.Value)}",
        StructArgument value => $"{Identifiers.Escape(value.Parameter)}: new {Literals.Of(value.Type)}({Fields(model, value.Fields)})",
        _ => throw new System.InvalidOperationException($"An argument of type {argument.GetType()} cannot be printed."),
    };

    // Constants live in a nested class; within the one that prepares them they are cut from memory that is not filled yet.
    private static string Buffer(ModelContext model, Step step, int index) => model.Plan.Buffers[index] switch
    {
        { Storage: Storage.Constant } => $"Weights.{model.Names.Buffer(index)}",
        { Storage: Storage.Prepared } => step.IsPreparation ? model.Names.PreparedLocal(index) : $"Prepared.{model.Names.Buffer(index)}",
        _ => model.Names.Buffer(index),
    };

    private static string Fields(ModelContext model, IEnumerable<StructField> fields) =>
        string.Join(", ", fields.Select(field => $"{Identifiers.Escape(field.Name)}: {Number(model, field.Value)}"));

    private static string Number(ModelContext model, Scalar scalar) => scalar switch
    {
        IntegerScalar integer => model.Dims.Of(integer.Value),
        FloatScalar number => Literals.Of(number.Value),
        DoubleScalar number => Literals.Of(number.Value),
        _ => ((BoolScalar)scalar).Value ? "true" : "false",
    };
}
