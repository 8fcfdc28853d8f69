using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Memory;
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
    private bool _isPrepared;

    public KernelProgram Program { get; } = program;

    /// <summary>Buffers whose contents nobody needs after a step, by its position.</summary>
    public ILookup<int, int> Released { get; } = Lifetime.Of(program).ToLookup(life => life.Last, life => life.Buffer);

    /// <summary>Of each step that opens a block or divides it, where its end or its else is.</summary>
    public IReadOnlyList<int> Ends { get; } = EndsOf(program.Steps);

    /// <summary>Runs the program once.</summary>
    /// <param name="inputs">One tensor per input, in order; those at the end may be missing that have a default.</param>
    /// <param name="observer">Sees every value that a step completes.</param>
    /// <param name="sizes">Sizes of symbols that the inputs do not determine.</param>
    /// <exception cref="ArgumentException">An input does not fit the signature, or the run fails for what the inputs hold.</exception>
    public IReadOnlyList<Tensor> Run(IReadOnlyList<Tensor> inputs, ValueObserver? observer = null, IReadOnlyDictionary<string, long>? sizes = null)
    {
        var signature = Program.Buffers.TakeWhile(buffer => buffer.Storage == Storage.Input).ToArray();
        inputs = [.. inputs, .. signature.Skip(inputs.Count).Select(buffer => buffer.Default).TakeWhile(standard => standard is not null).Select(standard => Program.Buffers[standard!.Value].Constant!)];
        var symbols = SymbolSolver.Solve(Program.Symbols, [.. signature.Select(buffer => (buffer.Name, buffer.Type))], inputs, sizes).ToDictionary(StringComparer.Ordinal);
        return new ProgramRun(this, symbols, inputs, observer).Execute();
    }

    private static int[] EndsOf(IReadOnlyList<ProgramStep> steps)
    {
        var ends = new int[steps.Count];
        var open = new Stack<int>();
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i].Plan is ElseStep or EndStep)
            {
                ends[open.Pop()] = i;
            }

            if (steps[i].Plan is IfStep or LoopStep or ElseStep)
            {
                open.Push(i);
            }
        }

        return ends;
    }

    /// <summary>Invokes the kernel of a call.</summary>
    public static void Invoke(KernelStep step, Func<int, Memory<byte>> memory, Func<int, string[]> texts, Func<string, long> size)
    {
        try
        {
            var parts = step.Call.Parts.Evaluate(size);
            parts = Math.Min(parts > 1 ? parts : step.Call.BriefParts.Evaluate(size), MostParts);
            if (parts <= 1 || step.PartMethod is not { } method)
            {
                KernelBinder.Bind(step.Method)(new Frame(step, memory, texts, size));
                return;
            }

            // One after the other what the generated class runs side by side: the same calls, so that what ships is what was tested.
            for (var part = 0L; part < parts; part++)
            {
                Argument[] arguments = [.. step.Call.Arguments, new ScalarArgument("part", part), new ScalarArgument("parts", parts)];
                KernelBinder.Bind(method)(new Frame(step with { Method = method, Call = step.Call with { Arguments = arguments } }, memory, texts, size));
            }
        }
        catch (TargetInvocationException exception) when (exception.InnerException is not null)
        {
            ExceptionDispatchInfo.Throw(exception.InnerException);
        }
    }

    /// <summary>Fills the prepared constants, once.</summary>
    public void Prepare(Func<string, long> size)
    {
        lock (_prepared)
        {
            if (_isPrepared)
            {
                return;
            }

            foreach (var step in Program.PrepareSteps)
            {
                Invoke(step, index => PreparedMemory(index, size), index => [.. Program.Buffers[index].Constant!.Strings], size);
            }

            _isPrepared = true;
        }
    }

    /// <summary>A prepared constant.</summary>
    public byte[] Prepared(int index) => _prepared[index];

    /// <summary>A constant, which kernels only read: nothing is copied, however large the model.</summary>
    public static Memory<byte> Constant(ProgramBuffer buffer) => MemoryMarshal.AsMemory(buffer.Constant!.Memory);

    private Memory<byte> PreparedMemory(int index, Func<string, long> size)
    {
        var buffer = Program.Buffers[index];
        if (buffer.Storage == Storage.Constant)
        {
            return Constant(buffer);
        }

        if (!_prepared.TryGetValue(index, out var bytes))
        {
            bytes = new byte[ProgramRun.ByteCount(buffer, size)];
            _prepared[index] = bytes;
        }

        return bytes;
    }
}
