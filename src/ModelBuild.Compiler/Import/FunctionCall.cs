using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Onnx;

namespace ModelBuild.Compiler.Import;

/// <summary>A call of an operator that the model itself defines.</summary>
/// <param name="Function">Its definition.</param>
/// <param name="Attributes">The attributes of the call, and the defaults of those that it leaves out.</param>
internal sealed record FunctionCall(OnnxFunction Function, IReadOnlyDictionary<string, OnnxAttribute> Attributes)
{
    /// <summary>The function that a node calls, or null where it is an operator.</summary>
    public static FunctionCall? Find(OnnxModel model, OnnxNode node, IReadOnlyList<OnnxAttribute> attributes)
    {
        var function = model.Functions.FirstOrDefault(function => function.Name == node.OpType && function.Domain == node.Domain && function.Overload == node.Overload);
        if (function is null)
        {
            return null;
        }

        var all = function.AttributeDefaults.ToDictionary(attribute => attribute.Name, StringComparer.Ordinal);
        foreach (var attribute in attributes)
        {
            all[attribute.Name] = attribute;
        }

        return new FunctionCall(function, all);
    }

    /// <summary>Attributes of a node within the function: those that refer to an attribute of the call have its value, or are left out where it has none.</summary>
    public IReadOnlyList<OnnxAttribute> Resolve(IReadOnlyList<OnnxAttribute> attributes) =>
        [.. attributes.Select(attribute => attribute.Reference is not { } reference ? attribute : Attributes.GetValueOrDefault(reference)?.WithName(attribute.Name)).OfType<OnnxAttribute>()];
}
