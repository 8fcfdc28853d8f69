using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using ModelBuild.Plan;

namespace ModelBuild.Generator.Tests;

/// <summary>A small plan by hand, with the weights that belong to it. Every arena buffer gets a slot of its own.</summary>
internal sealed class PlanSketch
{
    private readonly List<PlanBuffer> _buffers = [];
    private readonly List<PlanSymbol> _symbols = [];
    private readonly List<Dim> _slots = [];
    private readonly List<KernelCall> _prepareSteps = [];
    private readonly List<KernelCall> _steps = [];
    private readonly MemoryStream _weights = new();
    private long _prepared;

    public string ClassName { get; init; } = "TestModel";

    public string Namespace { get; init; } = "Sample";

    public IReadOnlyList<PlanState> States { get; init; } = [];

    public byte[] Weights => _weights.ToArray();

    public ModelPlan Plan => new()
    {
        Key = "key",
        Source = new ModelSource("test.onnx", new string('a', 64), "17", "a test"),
        ClassName = ClassName,
        Namespace = Namespace,
        Summary = ["A plan by hand."],
        Symbols = _symbols,
        Buffers = _buffers,
        States = States,
        Slots = _slots,
        Weights = new WeightsFile($"{ClassName}.weights", _weights.Length, new string('b', 64)),
        PreparedLength = _prepared,
        PrepareSteps = _prepareSteps,
        Steps = _steps,
        Threads = 1,
    };

    public PlanSketch Symbol(string name, int input = -1, Dim? divisor = null, long min = 1, long max = long.MaxValue)
    {
        _symbols.Add(new PlanSymbol(name, name, min, max, input, divisor ?? Dim.One));
        return this;
    }

    public int Input(string name, ElementType type = ElementType.Float, params Dim[] shape) => Add(name, type, shape, Storage.Input, _buffers.Count(b => b.Storage == Storage.Input), 0);

    public int Output(string name, ElementType type = ElementType.Float, params Dim[] shape) => Add(name, type, shape, Storage.Output, _buffers.Count(b => b.Storage == Storage.Output), 0);

    public int Arena(string name, params Dim[] shape)
    {
        _slots.Add(Dim.AlignUp(Dim.Product(shape) * 4, 64));
        return Add(name, ElementType.Float, shape, Storage.Arena, _slots.Count - 1, 0);
    }

    public int Constant(string name, params float[] values)
    {
        while (_weights.Length % 64 != 0)
        {
            _weights.WriteByte(0);
        }

        var index = Add(name, ElementType.Float, [values.Length], Storage.Constant, 0, _weights.Length);
        _weights.Write(MemoryMarshal.AsBytes<float>(values));
        return index;
    }

    public int Prepared(string name, int length)
    {
        var index = Add(name, ElementType.Float, [length], Storage.Prepared, 0, _prepared);
        _prepared += ((length * 4) + 63) & -64;
        return index;
    }

    /// <summary>y = operation(x), for an operation of the kernel UnaryF32.</summary>
    public PlanSketch Unary(string operation, int x, int y, params StructField[] fields) => Step(Call("UnaryF32.Run", operation, [("x", x)], y, fields));

    /// <summary>y = operation(a, b), for an operation of the kernel BinaryF32.</summary>
    public PlanSketch Binary(string operation, int a, int b, int y) => Step(Call("BinaryF32.Run", operation, [("a", a), ("b", b)], y, []));

    /// <summary>y = operation(x), once before the first run.</summary>
    public PlanSketch Prepare(string operation, int x, int y)
    {
        _prepareSteps.Add(Call("UnaryF32.Run", operation, [("x", x)], y, []));
        return this;
    }

    public PlanSketch Step(KernelCall call)
    {
        _steps.Add(call);
        return this;
    }

    private KernelCall Call(string kernel, string operation, IEnumerable<(string Name, int Buffer)> reads, int y, StructField[] fields) => new(
        kernel,
        [new TypeReference(operation)],
        [.. reads.Select(read => new BufferArgument(read.Name, read.Buffer, IsWritten: false)), new BufferArgument("y", y, IsWritten: true), new StructArgument("operation", new TypeReference(operation), fields)],
        [$"/{operation.Replace("F32", string.Empty, StringComparison.Ordinal)}"],
        $"{_buffers[y].Length} values");

    private int Add(string name, ElementType type, IReadOnlyList<Dim> shape, Storage storage, int slot, long offset)
    {
        // The plan's own names are identifiers, whatever the model's are.
        var identifier = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        _buffers.Add(new PlanBuffer(identifier, name, type, shape, storage, slot, offset, string.Empty));
        return _buffers.Count - 1;
    }
}
