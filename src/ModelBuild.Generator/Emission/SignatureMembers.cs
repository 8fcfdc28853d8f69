using System.Collections.Generic;
using System.Linq;
using ModelBuild.Plan;

namespace ModelBuild.Generator.Emission;

/// <summary>Writes the public constants that say how long and of which shape the inputs and outputs are.</summary>
internal static class SignatureMembers
{
    public static void Write(CodeWriter code, ModelContext model)
    {
        foreach (var index in model.Inputs.Concat(model.Outputs))
        {
            var buffer = model.Plan.Buffers[index];
            code.Separate();
            if (buffer.Length.IsConstant)
            {
                code.Line($"/// <summary>How many values {Describe(buffer)} has.</summary>");
                code.Line($"public const int {model.Names.Constant(index, "Length")} = {LengthText(buffer)};");
            }
            else
            {
                WriteLengthFor(code, model, index, buffer);
            }

            var symbolic = buffer.Shape.All(dim => dim.IsConstant) ? string.Empty : " -1 stands for a size that is known only at run time.";
            code.Line();
            code.Line($"/// <summary>The shape of {Describe(buffer)}.{symbolic}</summary>");
            code.Line($"public static ReadOnlySpan<int> {model.Names.Constant(index, "Shape")} => [{string.Join(", ", buffer.Shape.Select(dim => dim.IsConstant ? Literals.Of(dim.Constant) : "-1"))}];");
        }
    }

    /// <summary>The documentation of the parameters of <c>Predict</c>.</summary>
    public static IEnumerable<string> ParameterDocumentation(ModelContext model, bool withOutputs, bool withStates = true)
    {
        foreach (var index in (withOutputs ? model.Inputs.Concat(model.Outputs) : model.Inputs).Where(index => withStates || !model.IsState(index)))
        {
            var buffer = model.Plan.Buffers[index];
            var length = buffer.Length.IsConstant
                ? $"<see cref=\"{model.Names.Constant(index, "Length")}\"/> values"
                : $"its length is {(model.IsLate(index) ? "at least " : string.Empty)}that of <see cref=\"{model.Names.Constant(index, "LengthFor")}\"/>";
            var role = buffer.Storage == Storage.Output ? "overwritten; " : string.Empty;
            var description = Describe(buffer);
            var empty = model.DefaultOf(index) is not null ? ", or 0 for the model's own value" : buffer.Storage == Storage.Output && model.CanSkipOutputs ? ", or 0 to do without it" : string.Empty;
            yield return $"/// <param name=\"{model.Names.Buffer(index).TrimStart('@')}\">{char.ToUpperInvariant(description[0])}{description.Substring(1)}; {role}{length}{empty}.</param>";
        }

        foreach (var symbol in model.SizeParameters)
        {
            yield return $"/// <param name=\"{model.Names.Symbol(symbol.Name).TrimStart('@')}\">{SizeDocumentation(symbol)}</param>";
        }

        foreach (var symbol in model.SizeResults)
        {
            yield return $"/// <param name=\"{model.Names.Symbol(symbol.Name).TrimStart('@')}\">Gets the size of dimension \"{Literals.Xml(symbol.Name)}\", which the run finds out.</param>";
        }
    }

    /// <summary>The documentation of a parameter that is a size.</summary>
    public static string SizeDocumentation(PlanSymbol symbol) => $"The size of dimension \"{Literals.Xml(symbol.OnnxName.Length == 0 ? symbol.Name : symbol.OnnxName)}\"{Range(symbol)}.";

    /// <summary>The largest size that a symbol can have in C#.</summary>
    public static long Max(PlanSymbol symbol) => System.Math.Min(symbol.Max, int.MaxValue);

    private static string Range(PlanSymbol symbol) => Max(symbol) == int.MaxValue ? $", at least {symbol.Min}" : $", {symbol.Min} to {symbol.Max}";

    private static string Describe(PlanBuffer buffer)
    {
        var role = buffer.Storage == Storage.Input ? "input" : "output";
        var note = buffer.Note.Length == 0 ? string.Empty : $" ({Literals.Xml(buffer.Note)})";
        return $"{role} \"{Literals.Xml(buffer.OnnxName.Length == 0 ? buffer.Name : buffer.OnnxName)}\" {Literals.Xml(ModelContext.Shape(buffer))}{note}";
    }

    // The product of the dimensions, which says more than its value; dimensions of 1 say nothing.
    private static string LengthText(PlanBuffer buffer)
    {
        var factors = buffer.Shape.Where(dim => dim.IsConstant && dim.Constant != 1).Select(dim => Literals.Of(dim.Constant)).ToList();
        return factors.Count == 0 ? Literals.Of(buffer.Length.Constant) : string.Join(" * ", factors);
    }

    private static void WriteLengthFor(CodeWriter code, ModelContext model, int index, PlanBuffer buffer)
    {
        code.Line($"/// <summary>How many values {Describe(buffer)} has for given sizes.</summary>");
        foreach (var symbol in buffer.Length.Symbols)
        {
            var onnxName = model.Plan.Symbols.First(candidate => candidate.Name == symbol).OnnxName;
            code.Line($"/// <param name=\"{model.Names.Symbol(symbol).TrimStart('@')}\">The size of dimension \"{Literals.Xml(onnxName.Length == 0 ? symbol : onnxName)}\".</param>");
        }

        var parameters = string.Join(", ", buffer.Length.Symbols.Select(symbol => $"int {model.Names.Symbol(symbol)}"));
        code.Line($"public static int {model.Names.Constant(index, "LengthFor")}({parameters}) => checked({model.Dims.Of(buffer.Length)});");
    }
}
