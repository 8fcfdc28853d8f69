using System.Collections.Generic;
using System.Linq;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Verification;

/// <summary>Writes a class that calls a generated one with arrays, since spans cannot pass through reflection.</summary>
internal static class EmittedDriver
{
    /// <summary>The sizes that a run finds out and tells its caller, in the order of the parameters.</summary>
    public static IReadOnlyList<PlanSymbol> SizeResults(ModelPlan plan) =>
        [.. plan.Symbols.Where(symbol => symbol.IsBoundByStep && plan.Buffers.Any(buffer => buffer.Storage == Storage.Output && buffer.Shape.Any(dim => dim.Symbols.Contains(symbol.Name))))];

    /// <summary>The class <paramref name="name"/>, whose method <c>Run</c> calls the model.</summary>
    public static string Write(ModelPlan plan, string name)
    {
        var inputs = Types(plan, Storage.Input).Select((type, i) => type == "string" ? $"(string[])inputs[{i}]" : $"global::System.Runtime.InteropServices.MemoryMarshal.Cast<byte, {type}>((byte[])inputs[{i}])");
        var sizes = plan.Symbols.Where(symbol => symbol.Input == -1).Select((_, i) => $"sizes[{i}]");
        var found = SizeResults(plan).Select((_, i) => $"out found[{i}]");
        var outputs = Types(plan, Storage.Output);
        string Result(int index) => outputs.Count == 1 ? "result" : $"result.Item{index + 1}";
        var results = outputs.Select((type, i) => type == "string" ? Result(i)
            : $"global::System.Runtime.InteropServices.MemoryMarshal.AsBytes(global::System.MemoryExtensions.AsSpan({Result(i)})).ToArray()");
        return $$"""
            public static class {{name}}
            {
                public static object[] Run(object[] inputs, int[] sizes, int[] found)
                {
                    var result = global::{{plan.Namespace}}.{{plan.ClassName}}.Predict({{string.Join(", ", inputs.Concat(sizes).Concat(found))}});
                    return [{{string.Join(", ", results)}}];
                }
            }
            """;
    }

    private static List<string> Types(ModelPlan plan, Storage storage) => [.. plan.Buffers.Where(buffer => buffer.Storage == storage).Select(buffer => buffer.Type.CSharpName())];
}
