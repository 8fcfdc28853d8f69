using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using ModelBuild.Plan;

namespace ModelBuild.Testing;

/// <summary>
/// A model's generated class, compiled and loaded: what ships, run as it ships. Sizes are those of the dimensions that no input determines, in the plan's order.
/// </summary>
public sealed class GeneratedModel
{
    private readonly Func<Array[], int[], Array[]> _run;
    private readonly Func<byte[][], int[], byte[][]> _runBytes;
    private readonly Action<Array[], Array[], int[]> _runInto;
    private readonly Action<Array[], Array[], int[], object> _runWith;

    private GeneratedModel(Type driver, Type type)
    {
        Type = type;
        _run = Bind<Func<Array[], int[], Array[]>>(driver, "Run");
        _runBytes = Bind<Func<byte[][], int[], byte[][]>>(driver, "RunBytes");
        _runInto = Bind<Action<Array[], Array[], int[]>>(driver, "RunInto");
        _runWith = Bind<Action<Array[], Array[], int[], object>>(driver, "RunWith");
    }

    /// <summary>The generated class.</summary>
    public Type Type { get; }

    /// <summary>Compiles the class of one model.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="weights">The weights file.</param>
    /// <param name="allowUnsafe">Whether the project allows unsafe code.</param>
    /// <param name="sources">Other files of the project, for example the user's part of the class.</param>
    public static GeneratedModel Compile(ModelPlan plan, byte[] weights, bool allowUnsafe = true, params string[] sources) =>
        CompileAll([(plan, weights)], allowUnsafe, sources)[0];

    /// <summary>Compiles the classes of many models as one project, which is faster.</summary>
    /// <exception cref="InvalidOperationException">The generator or the C# compiler had something to say.</exception>
    public static IReadOnlyList<GeneratedModel> CompileAll(IReadOnlyList<(ModelPlan Plan, byte[] Weights)> models, bool allowUnsafe = true, params string[] sources) =>
        CompileAll(models, allowUnsafe, checksOverflow: false, symbols: [], sources);

    /// <summary>Compiles the class of one model in a project that checks integer arithmetic for overflow.</summary>
    public static GeneratedModel CompileChecked(ModelPlan plan, byte[] weights) => CompileAll([(plan, weights)], allowUnsafe: true, checksOverflow: true, symbols: [], [])[0];

    /// <summary>Compiles the class of one model in a project that defines <paramref name="symbols"/>.</summary>
    public static GeneratedModel CompileWith(ModelPlan plan, byte[] weights, params string[] symbols) =>
        CompileAll([(plan, weights)], allowUnsafe: true, checksOverflow: false, symbols, [])[0];

    private static IReadOnlyList<GeneratedModel> CompileAll(IReadOnlyList<(ModelPlan Plan, byte[] Weights)> models, bool allowUnsafe, bool checksOverflow, string[] symbols, string[] sources)
    {
        var plans = models.Select((model, i) => ($"/obj/{i:D5}.plan", PlanWriter.Write(model.Plan)));
        var drivers = models.Select((model, i) => DriverText.Of(model.Plan, $"Driver{i}"));
        var run = GeneratorRun.Of(plans, [.. sources, .. drivers], allowUnsafe, checksOverflow: checksOverflow, symbols: symbols);
        if (run.Diagnostics.Count > 0)
        {
            throw new InvalidOperationException(string.Join('\n', run.Diagnostics.Take(20)));
        }

        using var image = new MemoryStream();
        var resources = models
            .Where(model => model.Weights.Length > 0)
            .Select(model => new ResourceDescription(model.Plan.Weights.ResourceName, () => new MemoryStream(model.Weights), isPublic: false));
        var emitted = run.Compilation.Emit(image, manifestResources: resources);
        if (!emitted.Success)
        {
            throw new InvalidOperationException(string.Join('\n', emitted.Diagnostics.Take(20)));
        }

        image.Position = 0;
        var assembly = new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(image);
        return [.. models.Select((model, i) => new GeneratedModel(assembly.GetType($"Driver{i}", throwOnError: true)!, assembly.GetType(FullName(model.Plan), throwOnError: true)!))];
    }

    /// <summary>Calls the overload that returns arrays. Inputs are arrays of the C# element types.</summary>
    public Array[] Run(IReadOnlyList<Array> inputs, params int[] sizes) => _run([.. inputs], sizes);

    /// <summary>The same with values as bytes.</summary>
    public byte[][] RunBytes(IReadOnlyList<byte[]> inputs, params int[] sizes) => _runBytes([.. inputs], sizes);

    /// <summary>Calls the overload that writes spans.</summary>
    public void RunInto(Array[] inputs, Array[] outputs, params int[] sizes) => _runInto(inputs, outputs, sizes);

    /// <summary>Calls the overload that takes a workspace.</summary>
    public void RunWith(object workspace, Array[] inputs, Array[] outputs, params int[] sizes) => _runWith(inputs, outputs, sizes, workspace);

    /// <summary>A new object of the nested class <c>Workspace</c>.</summary>
    public object NewWorkspace() => Activator.CreateInstance(Type.GetNestedType("Workspace")!)!;

    private static string FullName(ModelPlan plan) => plan.Namespace.Length == 0 ? plan.ClassName : $"{plan.Namespace}.{plan.ClassName}";

    private static TDelegate Bind<TDelegate>(Type driver, string method)
        where TDelegate : Delegate => driver.GetMethod(method, BindingFlags.Public | BindingFlags.Static)!.CreateDelegate<TDelegate>();

    // A class that calls the generated one, since spans cannot pass through reflection.
    private static class DriverText
    {
        public static string Of(ModelPlan plan, string name)
        {
            var model = "global::" + string.Join('.', FullName(plan).Split('.').Select(part => "@" + part));
            var inputs = Types(plan, Storage.Input);
            var outputs = Types(plan, Storage.Output);
            var sizes = plan.Symbols.Where(symbol => symbol.Input == -1).Select((_, i) => $"sizes[{i}]").ToList();
            var spans = inputs.Select((type, i) => $"({type}[])inputs[{i}]").ToList();
            var written = outputs.Select((type, i) => $"({type}[])outputs[{i}]").ToList();
            var cast = inputs.Select((type, i) => $"global::System.Runtime.InteropServices.MemoryMarshal.Cast<byte, {type}>(inputs[{i}])");
            var bytes = outputs.Select((_, i) => $"global::System.Runtime.InteropServices.MemoryMarshal.AsBytes(global::System.MemoryExtensions.AsSpan({Item(outputs.Count, i)})).ToArray()");
            return $$"""
                #pragma warning disable CS1591
                public static class {{name}}
                {
                    public static global::System.Array[] Run(global::System.Array[] inputs, int[] sizes)
                    {
                        var result = {{model}}.Predict({{string.Join(", ", spans.Concat(sizes))}});
                        return [{{string.Join(", ", outputs.Select((_, i) => Item(outputs.Count, i)))}}];
                    }

                    public static byte[][] RunBytes(byte[][] inputs, int[] sizes)
                    {
                        var result = {{model}}.Predict({{string.Join(", ", cast.Concat(sizes))}});
                        return [{{string.Join(", ", bytes)}}];
                    }

                    public static void RunInto(global::System.Array[] inputs, global::System.Array[] outputs, int[] sizes) =>
                        {{model}}.Predict({{string.Join(", ", spans.Concat(written).Concat(sizes))}});

                    public static void RunWith(global::System.Array[] inputs, global::System.Array[] outputs, int[] sizes, object workspace) =>
                        {{model}}.Predict({{string.Join(", ", spans.Concat(written).Concat(sizes).Append($"({model}.Workspace)workspace"))}});
                }
                """;
        }

        private static List<string> Types(ModelPlan plan, Storage storage) =>
            [.. plan.Buffers.Where(buffer => buffer.Storage == storage).Select(buffer => buffer.Type.CSharpName())];

        private static string Item(int count, int index) => count == 1 ? "result" : $"result.Item{index + 1}";
    }
}
