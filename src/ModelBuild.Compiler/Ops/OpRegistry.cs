using System;
using System.Collections.Generic;
using System.Linq;

namespace ModelBuild.Compiler.Ops;

/// <summary>Every operator, found by name. A class that derives from <see cref="Op"/> is all that a new operator needs.</summary>
internal static class OpRegistry
{
    private static readonly Dictionary<(string Domain, string Name), Op> Ops = typeof(Op).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(Op)) && !type.IsAbstract)
        .Select(type => (Op)Activator.CreateInstance(type)!)
        .ToDictionary(op => (op.Domain, op.Name));

    public static IEnumerable<Op> All => Ops.Values.OrderBy(op => op.Domain, StringComparer.Ordinal).ThenBy(op => op.Name, StringComparer.Ordinal);

    /// <summary>The operator, or null where we have none of that name. The domains "" and "ai.onnx" are the same.</summary>
    public static Op? Find(string domain, string name) => Ops.GetValueOrDefault((domain == "ai.onnx" ? string.Empty : domain, name));

    /// <summary>The operator of a qualified name such as <c>Add</c> or <c>modelbuild.Dense</c>.</summary>
    public static Op Get(string qualifiedName)
    {
        var dot = qualifiedName.LastIndexOf('.');
        return Find(dot < 0 ? string.Empty : qualifiedName[..dot], qualifiedName[(dot + 1)..]) ?? throw new InvalidOperationException($"There is no operator {qualifiedName}.");
    }
}
