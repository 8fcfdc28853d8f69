using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Execution;

/// <summary>One run: the memory of its buffers and the values of its symbols.</summary>
internal sealed class ProgramRun
{
    private readonly ProgramRunner _runner;
    private readonly KernelProgram _program;
    private readonly Dictionary<string, long> _symbols;
    private readonly Dictionary<string, DimSymbol> _bounds;
    private readonly byte[]?[] _memory;
    private readonly string[]?[] _texts;
    private readonly ValueObserver? _observer;

    public ProgramRun(ProgramRunner runner, Dictionary<string, long> symbols, IReadOnlyList<Tensor> inputs, ValueObserver? observer)
    {
        _runner = runner;
        _program = runner.Program;
        _symbols = symbols;
        _bounds = _program.BoundSymbols.ToDictionary(symbol => symbol.Name, StringComparer.Ordinal);
        _memory = new byte[]?[_program.Buffers.Count];
        _texts = new string[]?[_program.Buffers.Count];
        _observer = observer;
        foreach (var (index, input) in inputs.Index())
        {
            if (input.Type == ElementType.String)
            {
                _texts[index] = [.. input.Strings];
            }
            else
            {
                _memory[index] = input.Bytes.ToArray();
            }
        }
    }

    public IReadOnlyList<Tensor> Execute()
    {
        _runner.Prepare(Size);
        Execute(0, _program.Steps.Count);
        return [.. _program.Buffers.Index().Where(pair => pair.Item.Storage == Storage.Output).Select(pair => Value(pair.Index, Memory))];
    }

    // Sizes are polynomials: inputs that are too small for a window make one negative, and large ones make one too large.
    public static int ByteCount(ProgramBuffer buffer, Func<string, long> size)
    {
        var dims = buffer.Type.Shape.Select(dim => dim.Evaluate(size)).ToArray();
        var bytes = dims.Aggregate((double)buffer.Type.Element.SizeInBytes(), (product, dim) => product * dim);
        return dims.All(dim => dim >= 0) && bytes <= Array.MaxLength
            ? (int)bytes
            : throw new ArgumentException($"With inputs of this size, \"{buffer.Name}\" would have the shape [{string.Join(",", dims)}].");
    }

    private void Execute(int begin, int end)
    {
        for (var i = begin; i < end; i++)
        {
            switch (_program.Steps[i].Plan)
            {
                case KernelCall:
                    Call((KernelStep)_program.Steps[i]);
                    break;
                case BindStep bind:
                    _symbols[bind.Symbol] = Bound(bind);
                    break;
                case AssignStep assign:
                    var values = assign.Assignments.Select(assignment => assignment.Value.Evaluate(Size)).ToArray();
                    foreach (var (assignment, value) in assign.Assignments.Zip(values))
                    {
                        _symbols[assignment.Symbol] = value;
                    }

                    break;
                case RequireStep require:
                    _ = require.Zero.Evaluate(Size) == 0 ? 0 : throw new ArgumentException($"{string.Join(", ", require.Nodes)}: {require.Note}.");
                    break;
                case IfStep branch:
                    i = Branch(branch, i);
                    break;
                case LoopStep loop:
                    i = Loop(loop, i);
                    break;
            }

            Release(i);
        }
    }

    private int Branch(IfStep branch, int position)
    {
        var middle = _runner.Ends[position];
        var hasElse = _program.Steps[middle].Plan is ElseStep;
        var end = hasElse ? _runner.Ends[middle] : middle;
        if (Truth(branch.Condition))
        {
            Execute(position + 1, middle);
        }
        else if (hasElse)
        {
            Execute(middle + 1, end);
        }

        return end;
    }

    private int Loop(LoopStep loop, int position)
    {
        var end = _runner.Ends[position];
        _symbols[loop.Iteration] = 0;
        while ((loop.Trips is null || _symbols[loop.Iteration] < loop.Trips.Evaluate(Size)) && (loop.Condition < 0 || Truth(loop.Condition)))
        {
            Execute(position + 1, end);
            _symbols[loop.Iteration]++;
        }

        return end;
    }

    private void Call(KernelStep step)
    {
        ProgramRunner.Invoke(step, Memory, Texts, Size);
        if (_observer is not null && step.Output is not null)
        {
            var written = step.Call.Buffers.Last(argument => argument.IsWritten).Buffer;
            _observer(step.Output, Value(written, index => Memory(index).ToArray()));
        }
    }

    private bool Truth(int buffer) => Memory(buffer).Span[0] != 0;

    private long Bound(BindStep bind)
    {
        var buffer = _program.Buffers[bind.Buffer];
        var bytes = Memory(bind.Buffer).Span;
        var value = buffer.Type.Element == ElementType.Int32 ? MemoryMarshal.Cast<byte, int>(bytes)[bind.Index] : MemoryMarshal.Cast<byte, long>(bytes)[bind.Index];
        var symbol = _bounds[bind.Symbol];
        return value >= symbol.Min && value <= symbol.Max ? value
            : bind.Saturates ? Math.Clamp(value, symbol.Min, symbol.Max)
            : throw new ArgumentException($"{string.Join(", ", bind.Nodes)}: {value} is not a size.");
    }

    private long Size(string name) => _symbols.TryGetValue(name, out var size) ? size : throw new ArgumentException($"The size of \"{name}\" is not determined by the inputs.");

    // Memory is as large as the run has needed so far; what lies in it survives when it grows.
    private Memory<byte> Memory(int index)
    {
        var buffer = _program.Buffers[index];
        switch (buffer.Storage)
        {
            case Storage.Constant:
                return ProgramRunner.Constant(buffer);
            case Storage.Prepared:
                return _runner.Prepared(index);
        }

        var bytes = ByteCount(buffer, Size);
        ref var memory = ref _memory[buffer.Over ?? index];
        if (memory is null || memory.Length < bytes)
        {
            Array.Resize(ref memory, bytes);
        }

        return memory.AsMemory(0, bytes);
    }

    private string[] Texts(int index)
    {
        var buffer = _program.Buffers[index];
        if (buffer.Constant is { } constant)
        {
            return _texts[index] ??= [.. constant.Strings];
        }

        var length = checked((int)buffer.Type.Length.Evaluate(Size));
        ref var texts = ref _texts[buffer.Over ?? index];
        texts ??= [.. Enumerable.Repeat(string.Empty, length)];
        if (texts.Length != length)
        {
            var first = texts.Length;
            Array.Resize(ref texts, length);
            Array.Fill(texts, string.Empty, Math.Min(first, length), Math.Max(0, length - first));
        }

        return texts;
    }

    // What the memory holds now.
    private Tensor Value(int index, Func<int, Memory<byte>> memory)
    {
        var type = _program.Buffers[index].Type;
        long[] dims = [.. type.Shape.Select(dim => dim.Evaluate(Size))];
        return type.Element == ElementType.String ? Tensor.Of([.. Texts(index)], dims) : new Tensor(type.Element, dims, memory(index));
    }

    // Memory that no later step reads is given back, so that calibration of a large model does not hold every intermediate value.
    private void Release(int position)
    {
        foreach (var buffer in _runner.Released[position].Where(buffer => _program.Buffers[buffer].Storage == Storage.Arena))
        {
            _memory[buffer] = null;
        }
    }
}
