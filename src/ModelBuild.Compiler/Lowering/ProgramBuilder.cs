using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Lowering;

/// <summary>Lowers a graph node by node. Values that only have another shape than a value before (Reshape and the like) share its buffer.</summary>
internal sealed class ProgramBuilder
{
    private readonly Graph _graph;
    private readonly WeightStorage _storage;
    private readonly List<ProgramBuffer> _buffers = [];
    private readonly Dictionary<Value, int> _bufferOf = [];
    private readonly List<KernelStep> _prepareSteps = [];
    private readonly List<ProgramStep> _steps = [];
    private readonly List<DimSymbol> _boundSymbols = [];
    private readonly List<(Node Node, OperatorException Cause)> _problems = [];
    private readonly int _firstOutput;

    private ProgramBuilder(Graph graph, WeightStorage storage)
    {
        _graph = graph;
        _storage = storage;
        foreach (var input in graph.Inputs)
        {
            _bufferOf[input] = AddBuffer(input, Storage.Input, null, string.Empty);
        }

        _firstOutput = _buffers.Count;
        foreach (var output in graph.Outputs)
        {
            var index = AddBuffer(Value.Of(output.Name, output.Value.Type), Storage.Output, null, string.Empty);
            if (graph.ProducerOf(output.Value) is not null && HasPlannedSize(output.Value))
            {
                _bufferOf.TryAdd(output.Value, index);
            }
        }

        foreach (var (index, input) in graph.Inputs.Index())
        {
            if (input.Default is { } standard)
            {
                _buffers[index] = _buffers[index] with { Default = AddBuffer(Value.Of($"{input.Name}_default", standard), Storage.Constant, standard, string.Empty) };
            }
        }
    }

    /// <summary>Lowers the graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="storage">How constants are stored; as they are when null.</param>
    /// <exception cref="LoweringException">Some operators cannot be lowered.</exception>
    public static KernelProgram Lower(Graph graph, WeightStorage? storage = null)
    {
        var builder = new ProgramBuilder(graph, storage ?? WeightStorage.AsTheyAre);
        builder.ClaimOutputsThroughAliases();
        builder.LowerNodes(graph);
        if (builder._problems.Count > 0)
        {
            throw new LoweringException(builder._problems);
        }

        builder.CopyRemainingOutputs();
        return ConcatInPlace.Apply(DeadSteps.Remove(new KernelProgram(graph.Symbols, builder._boundSymbols, builder._buffers, builder._prepareSteps, builder._steps)));
    }

    /// <summary>Lowers the nodes of the graph, or of a graph within one of its nodes.</summary>
    internal void LowerNodes(Graph graph)
    {
        foreach (var node in graph.Nodes)
        {
            try
            {
                var context = new LowerContext(this, node);
                if (!ElementStores.TryLower(context))
                {
                    node.Op.Lower(context);
                }
            }
            catch (OperatorException exception)
            {
                _problems.Add((node, exception));
            }
            catch (ArithmeticException)
            {
                _problems.Add((node, OperatorException.Arithmetic()));
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                _problems.Add((node, OperatorException.Bug(exception)));
            }
        }
    }

    /// <summary>A value of another type in the memory of a value whose size a run finds out.</summary>
    internal Value View(Value value, TensorType type)
    {
        var memory = BufferOf(value);
        var view = Value.Of($"{value.Name}_view", type);
        _bufferOf[view] = AddBuffer(view, Storage.Arena, null, string.Empty);
        _buffers[^1] = _buffers[^1] with { Over = _buffers[memory].Over ?? memory };
        return view;
    }

    internal int BufferOf(Value value, bool isPrepared = false)
    {
        if (!_bufferOf.TryGetValue(value, out var index))
        {
            if (value.Constant is { } constant && _storage.Shrink(value.Name, constant) is { } stored)
            {
                return AddExpanded(value, stored);
            }

            index = AddBuffer(value, value.IsConstant ? Storage.Constant : isPrepared ? Storage.Prepared : Storage.Arena, value.Constant, string.Empty);
            _bufferOf[value] = index;
        }

        return index;
    }

    /// <summary>The constant stands in the weights file in another form.</summary>
    internal void Store(Value constant, StoredConstant form) => AddExpanded(constant, form);

    internal void Annotate(Value value, string note)
    {
        var index = BufferOf(value);
        _buffers[index] = _buffers[index] with { Note = note };
    }

    internal void Alias(Value value, Value of)
    {
        // A graph output keeps its own buffer unless the value it shares was written there already.
        _bufferOf.TryAdd(value, BufferOf(of));
    }

    internal bool SharesBuffer(Value first, Value second) => _bufferOf.TryGetValue(first, out var a) && _bufferOf.TryGetValue(second, out var b) && a == b;

    /// <summary>Whether the two values lie in the same memory, perhaps with other sizes.</summary>
    internal bool SharesMemory(Value first, Value second) => Memory(BufferOf(first)) == Memory(BufferOf(second));

    internal void AddStep(Node? node, Type kernel, string method, IReadOnlyList<object> arguments, string note, bool isPrepare)
    {
        var normal = arguments.Select(Normalize).ToArray();
        var resolved = KernelMethod.Resolve(kernel, method, normal);
        var parameters = resolved.GetParameters();
        var plan = new Argument[normal.Length];
        string? output = null;
        for (var i = 0; i < normal.Length; i++)
        {
            var name = parameters[i].Name!;
            switch (normal[i])
            {
                case Value value:
                    _ = KernelMethod.IsSpan(KernelMethod.TypeOf(parameters[i]), out _, out var isWritten);
                    plan[i] = new BufferArgument(name, BufferOf(value, isPrepare && isWritten), isWritten);
                    if (isWritten && node is not null && node.Outputs.Contains(value))
                    {
                        output = value.Name;
                    }

                    break;
                case StructLiteral literal:
                    plan[i] = literal.ToArgument(name);
                    break;
                default:
                    plan[i] = new ScalarArgument(name, (Scalar)normal[i]);
                    break;
            }
        }

        var types = resolved.IsGenericMethod ? resolved.GetGenericArguments().Select(StructLiteral.ReferenceTo).ToArray() : [];
        var call = new KernelCall($"{kernel.Name}.{method}", types, plan, node?.Origins ?? [], note);
        var step = new KernelStep(call, resolved, output, KernelMethod.FindPart(resolved));
        if (isPrepare)
        {
            _prepareSteps.Add(step);
        }
        else
        {
            _steps.Add(step);
        }
    }

    /// <summary>Adds a step that is no call.</summary>
    internal void AddFlow(PlanStep flow) => _steps.Add(new FlowStep(flow));

    /// <summary>Declares a symbol that a step gives its value.</summary>
    internal void AddSymbol(DimSymbol symbol) => _boundSymbols.Add(symbol);

    private int Memory(int buffer) => _buffers[buffer].Over ?? buffer;

    // What the caller passes for an output is as long as the inputs say; an output whose size the run finds out is copied at the end.
    private bool HasPlannedSize(Value value) => value.Type.Shape.SelectMany(dim => dim.Symbols).All(symbol => _graph.Symbols.Any(known => known.Name == symbol));

    private static object Normalize(object argument) => argument switch
    {
        Value or StructLiteral or Scalar => argument,
        not null when argument.GetType() is { IsValueType: true, IsPrimitive: false, IsEnum: false } => StructLiteral.From(argument),
        not null => StructLiteral.ScalarOf(argument),
        _ => throw new ArgumentNullException(nameof(argument)),
    };

    // A constant whose file form is smaller than the form that kernels read: a preparation expands it.
    private int AddExpanded(Value value, StoredConstant stored)
    {
        var index = AddBuffer(value, Storage.Prepared, null, string.Empty);
        _bufferOf[value] = index;
        AddStep(null, stored.Kernel, stored.Method, [.. stored.Parts, value, .. stored.Sizes], stored.Note, isPrepare: true);
        return index;
    }

    private int AddBuffer(Value value, Storage storage, Tensor? constant, string note)
    {
        _buffers.Add(new ProgramBuffer(value.Name, value.Type, storage, constant, note));
        return _buffers.Count - 1;
    }

    // When a graph output is a reshaped value, the kernel that computes that value writes the output directly.
    private void ClaimOutputsThroughAliases()
    {
        foreach (var output in _graph.Outputs)
        {
            var value = output.Value;
            while (_graph.ProducerOf(value) is { Op: Ops.IAliasOp } producer && producer.Inputs[0] is { } source
                && _bufferOf.TryGetValue(value, out var buffer) && _graph.ProducerOf(source) is not null && HasPlannedSize(source) && _bufferOf.TryAdd(source, buffer))
            {
                value = source;
            }
        }
    }

    // An output that is an input, a constant, or the same value as another output.
    private void CopyRemainingOutputs()
    {
        for (var i = 0; i < _graph.Outputs.Count; i++)
        {
            var source = _graph.Outputs[i].Value;
            var index = _firstOutput + i;
            if (BufferOf(source) == index)
            {
                continue;
            }

            var target = Value.Of(_graph.Outputs[i].Name, source.Type);
            _bufferOf[target] = index;
            AddStep(null, typeof(Kernels.Copy), nameof(Kernels.Copy.Run), [source, target], string.Empty, isPrepare: false);
        }
    }
}
