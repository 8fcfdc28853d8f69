using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Plan;

namespace ModelBuild.Generator.Emission;

/// <summary>What everything in a plan is called in C#. All names are legal, not keywords, and differ in more than case.</summary>
internal sealed class ModelNames
{
    private readonly string[] _buffers;
    private readonly Dictionary<string, string> _symbols = [];

    public ModelNames(ModelPlan plan)
    {
        // Parameters and locals share one scope, which the names that the emitter itself uses are part of; so do constants, which become properties.
        var locals = Scope("arena", "bytes", "memory", "sizes", "workspace", "prepared", "states", "nameof");
        if (plan.IsParallel)
        {
            locals.UnionWith(Scope(["run", "job", "part", "parts", .. Enumerable.Range(0, plan.Buffers.Count(buffer => buffer.Storage is Storage.Input or Storage.Output) + 1).Select(Pointer)]));
        }

        var properties = Scope("File", "Memory", "Fill", "Weights", "Prepared", plan.ClassName);
        AvoidMembers(locals, plan.ClassName);
        _buffers = new string[plan.Buffers.Count];
        for (var i = 0; i < _buffers.Length; i++)
        {
            var buffer = plan.Buffers[i];
            _buffers[i] = buffer.Storage is Storage.Constant or Storage.Prepared
                ? Identifiers.Unique(Identifiers.Pascal(buffer.Name), properties)
                : Identifiers.Unique(Identifiers.Camel(buffer.Name), locals);
        }

        foreach (var symbol in plan.Symbols)
        {
            _symbols[symbol.Name] = Identifiers.Unique(Identifiers.Camel(symbol.Name), locals);
        }
    }

    /// <summary>Names that the class uses for its own members.</summary>
    public static HashSet<string> MemberNames { get; } =
        ["Predict", "Workspace", "OnStep", "Run", "Measure", "Check", "Sizes", "Weights", "Prepared", "Pool", "ArenaBytes", "Job", "Deliver", "PredictIn", "States"];

    /// <summary>The parameter, local variable or property that is a buffer.</summary>
    public string Buffer(int index) => Identifiers.Escape(_buffers[index]);

    /// <summary>The local variable that is a prepared constant in the step that computes it, where its property has no value yet.</summary>
    public string PreparedLocal(int index) => Identifiers.Escape(Identifiers.Camel(_buffers[index]));

    /// <summary>A public constant's name, for example <c>ImageLength</c>.</summary>
    public string Constant(int buffer, string suffix) => Identifiers.Pascal(_buffers[buffer]) + suffix;

    /// <summary>The parameter or local variable that holds a symbol's size.</summary>
    public string Symbol(string symbol) => Identifiers.Escape(_symbols[symbol]);

    /// <summary>The field that holds a symbol's size.</summary>
    public string SymbolField(string symbol) => Identifiers.Pascal(_symbols[symbol]);

    /// <summary>The pointer that keeps the memory of a run's span in its place, numbered from 0.</summary>
    public static string Pointer(int number) => $"p{number}";

    /// <summary>The method of a step, numbered from 1, for example <c>Step3_Conv1</c>: a name to find in a profile.</summary>
    public static string Step(string prefix, int number, KernelCall call)
    {
        const int MaxLength = 32;
        var path = call.Nodes.Count == 0 ? [] : call.Nodes[0].Split('/').Where(part => part.Length > 0).ToArray();
        var name = Identifiers.Pascal(path.Length == 0 ? call.Kernel.Split('.')[0] : string.Join("_", path.Skip(Math.Max(0, path.Length - 2)))).TrimStart('_');
        return $"{prefix}{number}_{(name.Length > MaxLength ? name.Substring(0, MaxLength) : name)}";
    }

    private static HashSet<string> Scope(params string[] names) => [.. names.Select(name => name.ToUpperInvariant())];

    // A class called ImageLength cannot have a constant of that name, so no buffer may be called image.
    private static void AvoidMembers(HashSet<string> locals, string className)
    {
        foreach (var suffix in new[] { "Length", "LengthFor", "Shape" })
        {
            if (className.EndsWith(suffix, StringComparison.Ordinal))
            {
                locals.Add(className.Substring(0, className.Length - suffix.Length).ToUpperInvariant());
            }
        }
    }
}
