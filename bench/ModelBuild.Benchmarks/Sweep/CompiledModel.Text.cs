using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelBuild.Plan;

namespace ModelBuild.Benchmarks.Sweep;

/// <summary>What is compiled besides a generated class: one that calls it with arrays, since spans cannot pass through reflection, and a clock for its steps.</summary>
internal sealed partial class CompiledModel
{
    private const string StepClockText =
        """
        public static class StepClock
        {
            public static readonly double[] Times = new double[10000];
            public static global::System.Func<double> Now = () => 0;
            private static double last;

            public static void Start() => last = Now();

            public static void Mark(int step)
            {
                Times[step] += Now() - last;
                last = Now();
            }
        }
        """;

    private static string DriverText(ModelPlan plan)
    {
        List<string> Types(Storage storage) => [.. plan.Buffers.Where(buffer => buffer.Storage == storage).Select(buffer => buffer.Type.CSharpName())];
        List<string> outputs = Types(Storage.Output);
        IEnumerable<string> given = Types(Storage.Input).Select((type, i) => $"({type}[])inputs[{i}]");
        IEnumerable<string> written = outputs.Select((type, i) => $"({type}[])outputs[{i}]");
        IEnumerable<string> sizes = plan.Symbols.Where(symbol => symbol.Input == -1).Select((_, i) => $"sizes[{i}]")
            .Concat(plan.Symbols.Where(symbol => symbol.IsBoundByStep && plan.Buffers.Any(buffer => buffer.Storage == Storage.Output && buffer.Shape.Any(dim => dim.Symbols.Contains(symbol.Name)))).Select(_ => "out _"));
        string results = outputs.Count == 1 ? "result" : string.Join(", ", outputs.Select((_, i) => $"result.Item{i + 1}"));
        return $$"""
            public static class Driver
            {
                public static global::System.Array[] Allocate(global::System.Array[] inputs, int[] sizes)
                {
                    var result = global::Swept.Predict({{string.Join(", ", given.Concat(sizes))}});
                    return [{{results}}];
                }

                public static void Run(global::System.Array[] inputs, global::System.Array[] outputs, int[] sizes) => global::Swept.Predict({{string.Join(", ", given.Concat(written).Concat(sizes))}});
            }
            """;
    }

    // The call of a step is a line of its own, "Step12_Conv(...);".
    private static Compilation WithClock(Compilation compilation)
    {
        SyntaxTree tree = compilation.SyntaxTrees.Single(file => file.ToString().Contains(" static partial class Swept", System.StringComparison.Ordinal));
        string text = CallOfStep().Replace(tree.ToString(), "$1global::StepClock.Mark($2);\n");
        return compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)tree.Options, tree.FilePath));
    }

    [GeneratedRegex(@"^( +Step(\d+)_\w*\(.*\);\r?\n)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex CallOfStep();
}
