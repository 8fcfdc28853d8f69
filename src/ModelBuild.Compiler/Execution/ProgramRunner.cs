using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.ExceptionServices;
using System.Reflection;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Execution;

/// <summary>Sees a value of the model as soon as it is computed.</summary>
/// <param name="name">The value's name in the graph that was lowered.</param>
/// <param name="value">The value; valid only during the call.</param>
internal delegate void ValueObserver(string name, Tensor value);

/// <summary>Runs a program by invoking its kernel calls: the same calls that the generator prints.</summary>
internal sealed class ProgramRunner(KernelProgram program)
{
    // Where the number of threads is that of the machine, a build must not depend on this one.
    private const long MostParts = 4;

    private readonly Dictionary<int, byte[]> _prepared = [];
    private readonly int[] _lastUse = LastUses(program);
    private bool _isPrepared;

    /// <summary>Runs the program once.</summary>
    /// <param name="inputs">One tensor per input, in order.</param>
    /// <param name="observer">Sees every value that a step completes.</param>
    /// <param name="sizes">Sizes of symbols that the inputs do not determine.</param>
    /// <exception cref="ArgumentException">An input does not fit the signature.</exception>
    public IReadOnlyList<Tensor> Run(IReadOnlyList<Tensor> inputs, ValueObserver? observer = null, IReadOnlyDictionary<string, long>? sizes = null)
    {
        var signature = program.Buffers.TakeWhile(buffer => buffer.Storage == Storage.Input).ToArray();
        var symbols = SymbolSolver.Solve(program.Symbols, [.. signature.Select(buffer => (buffer.Name, buffer.Type))], inputs, sizes);
        long Size(string name) => symbols.TryGetValue(name, out var size) ? size : throw new ArgumentException($"The size of \"{name}\" is not determined by the inputs.");

        var memory = new byte[]?[program.Buffers.Count];
        for (var i = 0; i < inputs.Count; i++)
        {
            memory[i] = inputs[i].Bytes.ToArray();
        }

        byte[] Memory(int index) => memory[index] ??= program.Buffers[index] switch
        {
            { Storage: Storage.Constant } buffer => buffer.Constant!.Bytes.ToArray(),
            { Storage: Storage.Prepared } => _prepared[index],
            var buffer => new byte[ByteCount(buffer, Size)],
        };

        Prepare(Size);
        for (var i = 0; i < program.Steps.Count; i++)
        {
            var step = program.Steps[i];
            Invoke(step, index => Memory(index), Size);
            if (observer is not null && step.Output is not null)
            {
                var written = step.Call.Arguments.OfType<BufferArgument>().Last(argument => argument.IsWritten).Buffer;
                observer(step.Output, ToTensor(program.Buffers[written], Memory(written), Size));
            }

            Release(step, i, memory);
        }

        return [.. program.Buffers.Index().Where(pair => pair.Item.Storage == Storage.Output).Select(pair => ToTensor(pair.Item, Memory(pair.Index), Size))];
    }

    private static Tensor ToTensor(ProgramBuffer buffer, byte[] bytes, Func<string, long> size) =>
        new(buffer.Type.Element, [.. buffer.Type.Shape.Select(dim => dim.Evaluate(size))], bytes);

    // Sizes are polynomials: inputs that are too small for a window make one negative, and large ones make one too large.
    private static int ByteCount(ProgramBuffer buffer, Func<string, long> size)
    {
        var dims = buffer.Type.Shape.Select(dim => dim.Evaluate(size)).ToArray();
        var bytes = dims.Aggregate((double)buffer.Type.Element.SizeInBytes(), (product, dim) => product * dim);
        return dims.All(dim => dim >= 0) && bytes <= Array.MaxLength
            ? (int)bytes
            : throw new ArgumentException($"With inputs of this size, \"{buffer.Name}\" would have the shape [{string.Join(",", dims)}].");
    }

    private static int[] LastUses(KernelProgram program)
    {
        var last = new int[program.Buffers.Count];
        for (var i = 0; i < program.Steps.Count; i++)
        {
            foreach (var argument in program.Steps[i].Call.Arguments.OfType<BufferArgument>())
            {
                last[argument.Buffer] = i;
            }
        }

        return last;
    }

    private static void Invoke(ProgramStep step, Func<int, Memory<byte>> memory, Func<string, long> size)
    {
        try
        {
            var parts = Math.Min(step.Call.Parts.Evaluate(size), MostParts);
            if (parts <= 1 || step.PartMethod is not { } method)
            {
                KernelBinder.Bind(step.Method)(new Frame(step, memory, size));
                return;
            }

            // One after the other what the generated class runs side by side: the same calls, so that what ships is what was tested.
            for (var part = 0L; part < parts; part++)
            {
                Argument[] arguments = [.. step.Call.Arguments, new ScalarArgument("part", part), new ScalarArgument("parts", parts)];
                KernelBinder.Bind(method)(new Frame(step with { Method = method, Call = step.Call with { Arguments = arguments } }, memory, size));
            }
        }
        catch (TargetInvocationException exception) when (exception.InnerException is not null)
        {
            ExceptionDispatchInfo.Throw(exception.InnerException);
        }
    }

    private void Prepare(Func<string, long> size)
    {
        lock (_prepared)
        {
            if (_isPrepared)
            {
                return;
            }

            foreach (var step in program.PrepareSteps)
            {
                Invoke(step, index => PreparedMemory(index, size), size);
            }

            _isPrepared = true;
        }
    }

    private byte[] PreparedMemory(int index, Func<string, long> size)
    {
        var buffer = program.Buffers[index];
        if (buffer.Storage == Storage.Constant)
        {
            return buffer.Constant!.Bytes.ToArray();
        }

        if (!_prepared.TryGetValue(index, out var bytes))
        {
            bytes = new byte[ByteCount(buffer, size)];
            _prepared[index] = bytes;
        }

        return bytes;
    }

    // Memory that no later step reads is given back, so that calibration of a large model does not hold every intermediate value.
    private void Release(ProgramStep step, int position, byte[]?[] memory)
    {
        foreach (var argument in step.Call.Arguments.OfType<BufferArgument>())
        {
            if (_lastUse[argument.Buffer] == position && program.Buffers[argument.Buffer].Storage == Storage.Arena)
            {
                memory[argument.Buffer] = null;
            }
        }
    }
}
