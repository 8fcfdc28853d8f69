using System.Collections.Generic;
using System.Linq;
using ModelBuild.Plan;

namespace ModelBuild.Generator.Emission;

/// <summary>A plan and what its class is written from besides.</summary>
internal sealed class ModelContext
{
    /// <summary>
    /// Arenas up to this many bytes live on the stack, where memory is in the cache already and nothing has to be rented, which takes 44 ns against 18. Where the
    /// project allows no unsafe code the runtime must clear that memory in each call: 35 ns for 2 KB, 62 for 4 KB (2.4 GHz Sapphire Rapids).
    /// </summary>
    private const int StackLimit = 8 << 10;
    private const int ClearedStackLimit = 2 << 10;

    public ModelContext(ModelPlan plan, ProjectSettings project)
    {
        Plan = plan;
        AllowUnsafe = project.AllowUnsafe;
        CountsCalls = project.CountsCalls && plan.Calls.Any();
        Names = new ModelNames(plan);
        Arena = new ArenaLayout(plan);
        Inputs = [.. Enumerable.Range(0, plan.Buffers.Count).Where(i => plan.Buffers[i].Storage == Storage.Input)];
        Outputs = [.. Enumerable.Range(0, plan.Buffers.Count).Where(i => plan.Buffers[i].Storage == Storage.Output)];
        Dims = new DimText(plan.Symbols, Names.Symbol);
        BoundSymbols = [.. plan.Symbols.Where(symbol => symbol.IsBoundByStep)];
        _bound = [.. BoundSymbols.Select(symbol => symbol.Name)];
        _states = [.. plan.States.SelectMany(state => new[] { state.Input, state.Output })];
        UsesMemory = plan.Buffers.Any(buffer => buffer.Storage == Storage.Late);
    }

    private readonly HashSet<string> _bound;
    private readonly HashSet<int> _states;

    public ModelPlan Plan { get; }

    public bool AllowUnsafe { get; }

    /// <inheritdoc cref="ProjectSettings.CountsCalls"/>
    public bool CountsCalls { get; }

    public ModelNames Names { get; }

    public ArenaLayout Arena { get; }

    /// <summary>Prints dimensions where symbols are parameters or locals.</summary>
    public DimText Dims { get; }

    /// <summary>Buffers that are parameters, in the order of the model's signature.</summary>
    public IReadOnlyList<int> Inputs { get; }

    /// <inheritdoc cref="Inputs"/>
    public IReadOnlyList<int> Outputs { get; }

    /// <summary>Whether the caller may do without an output, by an empty span. Of a model with one output that is a mistake.</summary>
    public bool CanSkipOutputs => Outputs.Count > 1;

    /// <summary>The constant that stands for an input which the caller does not pass; null where there is none, -1 where only the signature is known.</summary>
    public int? DefaultOf(int input) => Plan.Defaults.FirstOrDefault(standard => standard.Input == input)?.Constant;

    /// <summary>Whether a buffer is what runs leave for the next ones.</summary>
    public bool IsState(int buffer) => _states.Contains(buffer);

    /// <summary>Whether sizes are known only at run time.</summary>
    public bool IsDynamic => Plan.Symbols.Count > 0;

    /// <summary>Whether there is nothing to run: a plan for an IDE that has not built the project yet.</summary>
    public bool IsSignatureOnly => Plan.Steps.Count == 0 && Plan.Weights.Length == 0;

    /// <summary>Sizes and numbers that steps find in the course of a run.</summary>
    public IReadOnlyList<PlanSymbol> BoundSymbols { get; }

    /// <summary>Whether a run takes memory besides the arena, when it knows how much.</summary>
    public bool UsesMemory { get; }

    /// <summary>How steps pass the sizes of a run on where they may find more of them.</summary>
    public string SizesModifier => BoundSymbols.Count > 0 ? "ref" : "in";

    public bool IsArenaOnStack => !UsesMemory && Arena.IsConstant && Arena.ConstantBytes <= (AllowUnsafe ? StackLimit : ClearedStackLimit);

    /// <summary>Whether the arena on the stack need not be cleared.</summary>
    public bool SkipsLocalsInit => IsArenaOnStack && !Arena.IsEmpty && AllowUnsafe;

    /// <summary>Slots of <c>ModelArena.Late</c> that the plan uses; those behind are free.</summary>
    public int LateSlots => Plan.Buffers.Where(buffer => buffer.Storage == Storage.Late).Select(buffer => buffer.Slot + 1).DefaultIfEmpty(0).Max();

    /// <summary>Symbols whose sizes the caller passes.</summary>
    public IEnumerable<PlanSymbol> SizeParameters => Plan.Symbols.Where(symbol => symbol.Input < 0 && !symbol.IsBoundByStep);

    /// <summary>The sizes that a run finds and that its outputs have, which the caller is told.</summary>
    public IEnumerable<PlanSymbol> SizeResults => BoundSymbols.Where(symbol => Outputs.Any(output => Plan.Buffers[output].Shape.Any(dim => dim.Symbols.Contains(symbol.Name))));

    /// <summary>The declaration of the parameter for input or output <paramref name="buffer"/>.</summary>
    public string Parameter(int buffer) =>
        $"{(Plan.Buffers[buffer].Storage == Storage.Input ? "ReadOnlySpan" : "Span")}<{Plan.Buffers[buffer].Type.CSharpName()}> {Names.Buffer(buffer)}";

    /// <summary>Inputs that sizes are taken from.</summary>
    public IEnumerable<int> MeasuredInputs => Plan.Symbols.Where(symbol => symbol.Input >= 0).Select(symbol => Inputs[symbol.Input]).Distinct().OrderBy(input => input);

    /// <summary>Whether how many values a buffer has is found out in the course of the run.</summary>
    public bool IsLate(int buffer) => _bound.Count > 0 && Plan.Buffers[buffer].Length.Symbols.Any(_bound.Contains);

    /// <summary>Type and shape as comments show them: <c>f32[batch,784]</c>.</summary>
    public static string Shape(PlanBuffer buffer) => $"{buffer.Type.ShortName()}[{string.Join(",", buffer.Shape.Select(DimText.Comment))}]";

    /// <summary>How many values a buffer has: a literal, a public constant, or a call of its <c>LengthFor</c> with the symbols that <paramref name="symbol"/> prints.</summary>
    public string SignatureLength(int buffer, System.Func<string, string> symbol) => Plan.Buffers[buffer].Length is { IsConstant: false } length
        ? $"{Names.Constant(buffer, "LengthFor")}({string.Join(", ", length.Symbols.Select(symbol))})"
        : Names.Constant(buffer, "Length");
}
