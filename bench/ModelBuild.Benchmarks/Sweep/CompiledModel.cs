using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using ModelBuild.Compiler.Cli;
using ModelBuild.Plan;
using ModelBuild.Testing;

namespace ModelBuild.Benchmarks.Sweep;

/// <summary>A model that was compiled and emitted here: what a build does, in memory.</summary>
internal sealed partial class CompiledModel : IContender
{
    private readonly Action<Array[], Array[], int[]> _run;
    private readonly Array[] _inputs;
    private readonly Array[] _outputs;
    private readonly int[] _sizes;

    private CompiledModel(ModelPlan plan, Type driver, IReadOnlyList<Tensor> inputs, string? optimized, long bytes)
    {
        Plan = plan;
        Driver = driver;
        OptimizedPath = optimized;
        ModelBytes = bytes;
        _run = driver.GetMethod("Run")!.CreateDelegate<Action<Array[], Array[], int[]>>();
        _inputs = [.. inputs.Select(ToArray)];
        _sizes = [.. plan.Symbols.Where(symbol => symbol.Input == -1).Select(symbol => SizeOf(plan, symbol, inputs))];
        _outputs = driver.GetMethod("Allocate")!.CreateDelegate<Func<Array[], int[], Array[]>>()(_inputs, _sizes);
    }

    public ModelPlan Plan { get; }

    /// <summary>The class that calls the generated one.</summary>
    public Type Driver { get; }

    /// <summary>The compressed model for other runtimes; null where it cannot be written.</summary>
    public string? OptimizedPath { get; }

    public long ModelBytes { get; }

    public ReadOnlySpan<float> Output => (float[])_outputs[0];

    /// <summary>The values of an output of this name in the model, as bytes; null where there is none.</summary>
    public byte[]? OutputBytes(string onnxName)
    {
        var outputs = Plan.Buffers.Where(buffer => buffer.Storage == Storage.Output).ToList();
        int index = outputs.FindIndex(buffer => buffer.OnnxName == onnxName && buffer.Type != ElementType.String);
        return index < 0 ? null : Bytes(_outputs[index]);
    }

    /// <summary>Compiles a model to files in <paramref name="folder"/>, unless they are there already, and loads the class.</summary>
    /// <exception cref="InvalidOperationException">The model, or what is generated for it, does not compile.</exception>
    public static CompiledModel Open(SweepModel model, int bits, int threads, string folder, bool profile)
    {
        StringWriter log = new();
        string name = FormattableString.Invariant($"{model.Name}_{bits}");
        string[] arguments = ["compile", model.Path, "--out", folder, "--name", name, "--class", "Swept", "--bits", FormattableString.Invariant($"{bits}"), "--threads", FormattableString.Invariant($"{threads}")];
        if (CommandLine.Run(arguments, log, log) != 0)
        {
            throw new InvalidOperationException(log.ToString().Split('\n').First(line => line.Contains("error", StringComparison.Ordinal)));
        }

        string file = Path.Combine(folder, name);
        ModelPlan plan = PlanReader.Read(File.ReadAllText(file + ".plan"));
        byte[] weights = File.ReadAllBytes(file + ".weights");
        string optimized = file + ".optimized.onnx";
        return new CompiledModel(plan, Emit(plan, weights, profile), model.Inputs, File.Exists(optimized) ? optimized : null, weights.Length);
    }

    public void Load(IReadOnlyList<Tensor> inputs)
    {
    }

    public void Run() => _run(_inputs, _outputs, _sizes);

    public void Dispose()
    {
    }

    private static Type Emit(ModelPlan plan, byte[] weights, bool profile)
    {
        GeneratorRun run = GeneratorRun.Of([("/obj/swept.plan", PlanWriter.Write(plan))], [DriverText(plan), .. profile ? (string[])[StepClockText] : []]);
        Compilation compilation = profile ? WithClock(run.Compilation) : run.Compilation;
        using MemoryStream image = new();
        IEnumerable<ResourceDescription> resources = weights.Length == 0 ? [] : [new ResourceDescription(plan.Weights.ResourceName, () => new MemoryStream(weights), isPublic: false)];
        var emitted = compilation.Emit(image, manifestResources: resources);
        if (!emitted.Success)
        {
            throw new InvalidOperationException(emitted.Diagnostics.First(problem => problem.Severity == DiagnosticSeverity.Error).ToString());
        }

        image.Position = 0;

        // Not collectible: what can be unloaded reaches its static fields more slowly than a user's program does.
        return new AssemblyLoadContext(plan.ClassName).LoadFromStream(image).GetType("Driver", throwOnError: true)!;
    }

    private static Array ToArray(Tensor tensor)
    {
        if (tensor.Type == TensorType.String)
        {
            return tensor.Strings.ToArray();
        }

        Array values = tensor.Type switch
        {
            TensorType.Float32 => new float[tensor.Length],
            TensorType.Float64 => new double[tensor.Length],
            TensorType.Float16 => new Half[tensor.Length],
            TensorType.Int64 => new long[tensor.Length],
            TensorType.Int32 => new int[tensor.Length],
            TensorType.UInt8 => new byte[tensor.Length],
            TensorType.Int8 => new sbyte[tensor.Length],
            TensorType.Boolean => new bool[tensor.Length],
            _ => throw new InvalidOperationException($"an input of {tensor.Type}"),
        };
        tensor.Bytes.CopyTo(MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(values), tensor.Bytes.Length));
        return values;
    }

    private static byte[] Bytes(Array values) => MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(values), Buffer.ByteLength(values)).ToArray();

    // The caller passes sizes that no length of an input tells: they are dimensions of inputs themselves.
    private static int SizeOf(ModelPlan plan, PlanSymbol symbol, IReadOnlyList<Tensor> inputs) => plan.Buffers.Where(buffer => buffer.Storage == Storage.Input)
        .SelectMany((buffer, input) => buffer.Shape.Select((dim, axis) => (dim, input, axis)))
        .Where(place => place.dim.Equals(Dim.Symbol(symbol.Name)))
        .Select(place => (int)inputs[place.input].Shape[place.axis])
        .First();
}
