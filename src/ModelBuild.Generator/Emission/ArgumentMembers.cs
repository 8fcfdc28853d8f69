using System.Collections.Generic;
using System.Linq;
using ModelBuild.Plan;

namespace ModelBuild.Generator.Emission;

/// <summary>Writes what derives a run's sizes from its arguments and what checks them.</summary>
internal static class ArgumentMembers
{
    // Every output is compared with every other parameter; with more pairs than this the checks would cost more code than they are worth.
    private const int MaxOverlapPairs = 32;

    /// <summary>Whether a <c>Check</c> method is written.</summary>
    public static bool HasChecks(ModelContext model) => model.Inputs.Count + model.Outputs.Count > 0;

    public static void Write(CodeWriter code, ModelContext model)
    {
        if (model.IsDynamic)
        {
            WriteMeasure(code, model);
        }

        if (HasChecks(model))
        {
            WriteCheck(code, model);
        }

        if (model.IsDynamic)
        {
            WriteSizes(code, model);
        }
    }

    private static void WriteMeasure(CodeWriter code, ModelContext model)
    {
        var parameters = model.MeasuredInputs.Select(model.Parameter).Concat(model.SizeParameters.Select(symbol => $"int {model.Names.Symbol(symbol.Name)}"));
        code.Separate();
        code.Open($"private static Sizes Measure({string.Join(", ", parameters)})");
        var measured = model.Plan.Symbols.Where(symbol => !symbol.IsBoundByStep).ToList();
        foreach (var symbol in measured)
        {
            var name = model.Names.Symbol(symbol.Name);
            var range = Range(symbol);
            if (symbol.Input < 0)
            {
                code.Line(SizeCheck(model, symbol));
                continue;
            }

            var input = model.Inputs[symbol.Input];
            var divisor = symbol.Divisor.IsConstant ? model.Dims.Of(symbol.Divisor) : $"checked({model.Dims.Of(symbol.Divisor)})";
            var label = Literals.Of(symbol.OnnxName.Length == 0 ? symbol.Name : symbol.OnnxName);
            code.Line($"int {name} = ModelArguments.Size({label}, {model.Names.Buffer(input)}.Length, {divisor}, {range}, {Describe(model, input)});");
        }

        code.Line($"return new Sizes({string.Join(", ", measured.Select(symbol => model.Names.Symbol(symbol.Name)))});");
        code.Close();
    }

    /// <summary>The statement that checks a size which the caller passes.</summary>
    public static string SizeCheck(ModelContext model, PlanSymbol symbol) => $"ModelArguments.CheckSize({model.Names.Symbol(symbol.Name)}, {Range(symbol)}, nameof({model.Names.Symbol(symbol.Name)}));";

    private static string Range(PlanSymbol symbol) => $"{symbol.Min}, {(SignatureMembers.Max(symbol) == int.MaxValue ? "int.MaxValue" : Literals.Of(symbol.Max))}";

    private static void WriteCheck(CodeWriter code, ModelContext model)
    {
        var all = model.Inputs.Concat(model.Outputs).ToList();
        code.Separate();
        code.Open($"private static void Check({string.Join(", ", model.IsDynamic ? all.Select(model.Parameter).Append("in Sizes sizes") : all.Select(model.Parameter))})");
        foreach (var index in all.Where(index => !model.IsLate(index)))
        {
            var length = model.SignatureLength(index, symbol => $"sizes.{model.Names.SymbolField(symbol)}");
            code.Line($"ModelArguments.CheckLength({model.Names.Buffer(index)}.Length, {length}, {Describe(model, index)});");
        }

        var pairs = OverlapPairs(model).ToList();
        foreach (var (output, other) in pairs.Count <= MaxOverlapPairs ? pairs : [])
        {
            var (written, beside) = (model.Names.Buffer(output), model.Names.Buffer(other));
            code.Line($"ModelArguments.CheckApart({written}, {beside}, nameof({written}), nameof({beside}));");
        }

        code.Close();
    }

    private static IEnumerable<(int Output, int Other)> OverlapPairs(ModelContext model) =>
        model.Outputs.SelectMany((output, i) => model.Inputs.Concat(model.Outputs.Take(i)).Select(other => (output, other)))
            .Where(pair => model.Plan.Buffers[pair.output].Type != ElementType.String && model.Plan.Buffers[pair.other].Type != ElementType.String);

    private static void WriteSizes(CodeWriter code, ModelContext model)
    {
        var symbols = model.Plan.Symbols;
        var measured = symbols.Where(symbol => !symbol.IsBoundByStep).ToList();
        code.Separate();
        code.Line("// The sizes of one run: dimensions, and where in the arena the slots begin whose place depends on them, in bytes.");
        if (model.BoundSymbols.Count > 0)
        {
            code.Line("// What is not readonly is found out in the course of the run.");
        }

        code.Open(model.BoundSymbols.Count > 0 ? "private struct Sizes" : "private readonly struct Sizes");
        foreach (var symbol in symbols)
        {
            code.Line($"public {(symbol.IsBoundByStep ? string.Empty : "readonly ")}int {model.Names.SymbolField(symbol.Name)};");
        }

        foreach (var slot in model.Arena.DynamicSlots)
        {
            code.Line($"public readonly int {ArenaLayout.FieldOf(slot)};");
        }

        if (!model.Arena.IsConstant)
        {
            code.Line("public readonly int ArenaBytes;");
        }

        code.Line();
        code.Open($"public Sizes({string.Join(", ", measured.Select(symbol => $"int {model.Names.Symbol(symbol.Name)}"))})");
        foreach (var symbol in measured)
        {
            code.Line($"{model.Names.SymbolField(symbol.Name)} = {model.Names.Symbol(symbol.Name)};");
        }

        if (!model.Arena.IsConstant)
        {
            WriteSlots(code, model);
        }

        code.Close();
        code.Close();
    }

    private static void WriteSlots(CodeWriter code, ModelContext model)
    {
        var slots = model.Arena.DynamicSlots;
        code.Open("checked");
        code.Line($"{ArenaLayout.FieldOf(slots[0])} = {Literals.Of(model.Arena.ConstantBytes)};");
        for (var i = 0; i < slots.Count; i++)
        {
            var next = i + 1 < slots.Count ? ArenaLayout.FieldOf(slots[i + 1]) : "ArenaBytes";
            code.Line($"{next} = {ArenaLayout.FieldOf(slots[i])} + {model.Dims.Of(model.Plan.Slots[slots[i]])};");
        }

        code.Close();
    }

    /// <summary>The arguments by which messages name a parameter and its shape.</summary>
    public static string Describe(ModelContext model, int buffer) => $"nameof({model.Names.Buffer(buffer)}), {Literals.Of(ModelContext.Shape(model.Plan.Buffers[buffer]))}";
}
