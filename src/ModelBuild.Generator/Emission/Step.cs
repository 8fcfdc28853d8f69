using System.Collections.Generic;
using System.Linq;
using ModelBuild.Plan;

namespace ModelBuild.Generator.Emission;

/// <summary>A kernel call as a method of its own, with the parameters that it needs.</summary>
internal sealed class Step
{
    private readonly ModelContext _model;

    public Step(ModelContext model, KernelCall call, int number, bool isPreparation)
    {
        _model = model;
        Call = call;
        Number = number;
        IsPreparation = isPreparation;
        Name = ModelNames.Step(isPreparation ? "Prepare" : "Step", number, call);
        Buffers = [.. call.Arguments.OfType<BufferArgument>().GroupBy(argument => argument.Buffer).Select(uses => (uses.Key, uses.Any(use => use.IsWritten)))];
        IsParallel = call.IsParallel && !isPreparation && model.AllowUnsafe;
        Symbols = [.. UsedDims().SelectMany(dim => dim.Symbols).Distinct()];
        var storages = Buffers.Select(buffer => model.Plan.Buffers[buffer.Index]).ToList();
        UsesArena = storages.Any(buffer => buffer.Storage == Storage.Arena && buffer.Length is not { IsConstant: true, Constant: 0 });
        UsesMemory = storages.Any(buffer => buffer.Storage == Storage.Late);
        UsesSizes = Symbols.Count > 0 || (IsParallel && !(call.Parts.IsConstant && call.BriefParts.IsConstant)) || storages.Any(buffer => buffer.Storage == Storage.Arena && model.Arena.IsDynamic(buffer.Slot));
    }

    public KernelCall Call { get; }

    public int Number { get; }

    public bool IsPreparation { get; }

    public string Name { get; }

    /// <summary>Whether several threads may share the step.</summary>
    public bool IsParallel { get; }

    /// <summary>The buffers that the call touches, once each, and whether it writes them.</summary>
    public IReadOnlyList<(int Index, bool IsWritten)> Buffers { get; }

    /// <summary>The buffers that hold what the call computes: those that it writes, without its scratch memory.</summary>
    public IEnumerable<int> Results => Call.Arguments.OfType<BufferArgument>().Where(argument => argument.IsResult).Select(argument => argument.Buffer).Distinct();

    /// <summary>The symbols in arguments and in the lengths of buffers that the step cuts.</summary>
    public IReadOnlyList<string> Symbols { get; }

    public bool UsesArena { get; }

    /// <summary>Whether the step takes memory whose size is known only now.</summary>
    public bool UsesMemory { get; }

    public bool UsesSizes { get; }

    /// <summary>Whether the step writes an output whose size the run has found out: it is made when the caller's memory has been checked, or allocated.</summary>
    public bool IsDelivery => Buffers.Any(buffer => buffer.IsWritten && _model.Plan.Buffers[buffer.Index].Storage == Storage.Output && _model.IsLate(buffer.Index));

    /// <summary>Inputs and outputs of the model that the step needs.</summary>
    public IEnumerable<int> Parameters => Buffers.Select(buffer => buffer.Index).Where(index => IsParameter(_model.Plan.Buffers[index])).OrderBy(index => index);

    /// <summary>The parameters of the step's method.</summary>
    public string Declaration => Join(Parameters.Select(_model.Parameter), "Span<byte> arena", "ModelArena memory", "in Sizes sizes", "Span<byte> prepared");

    /// <summary>The arguments of the call of the step's method.</summary>
    public string Arguments => Join(Parameters.Select(_model.Names.Buffer), "arena", "memory", "in sizes", "prepared");

    /// <summary>Whether a buffer's memory is cut by the step itself.</summary>
    public bool IsCut(PlanBuffer buffer) => buffer.Storage is Storage.Arena or Storage.Late || (buffer.Storage == Storage.Prepared && IsPreparation);

    private static bool IsParameter(PlanBuffer buffer) => buffer.Storage is Storage.Input or Storage.Output;

    private string Join(IEnumerable<string> parameters, string arena, string memory, string sizes, string prepared)
    {
        var all = parameters.ToList();
        if (UsesArena)
        {
            all.Add(arena);
        }

        if (UsesMemory)
        {
            all.Add(memory);
        }

        if (UsesSizes)
        {
            all.Add(sizes);
        }

        if (IsPreparation)
        {
            all.Add(prepared);
        }

        return string.Join(", ", all);
    }

    private IEnumerable<Dim> UsedDims() => Buffers
        .Select(buffer => _model.Plan.Buffers[buffer.Index])
        .Where(IsCut)
        .Select(buffer => buffer.Length)
        .Concat(Call.Arguments.SelectMany(Scalars).OfType<IntegerScalar>().Select(scalar => scalar.Value));

    private static IEnumerable<Scalar> Scalars(Argument argument) => argument switch
    {
        ScalarArgument scalar => [scalar.Value],
        StructArgument value => value.Fields.Select(field => field.Value),
        _ => [],
    };
}
