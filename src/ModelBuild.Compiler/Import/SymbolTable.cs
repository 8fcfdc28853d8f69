using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using ModelBuild.Compiler.IR;
using ModelBuild.Onnx;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Import;

/// <summary>Gives every dimension of the inputs that the model leaves open a symbol whose name is an identifier.</summary>
internal sealed class SymbolTable(DimensionOverrides overrides)
{
    private readonly Dictionary<string, Dim> _byOnnxName = new(StringComparer.Ordinal);
    private readonly List<DimSymbol> _symbols = [];
    private readonly UniqueNames _names = new(StringComparer.Ordinal, string.Empty);

    /// <summary>The dimensions of an input.</summary>
    public IReadOnlyList<Dim> Import(string input, IReadOnlyList<OnnxDimension> shape) => [.. shape.Select((dimension, axis) => Import(input, axis, dimension))];

    /// <summary>The symbols that the inputs have, in the order of their appearance.</summary>
    public IReadOnlyList<DimSymbol> Used(IReadOnlyList<Value> inputs)
    {
        var used = inputs.SelectMany(input => input.Type.Shape).SelectMany(dim => dim.Symbols).ToHashSet(StringComparer.Ordinal);
        return [.. _symbols.Where(symbol => used.Contains(symbol.Name))];
    }

    /// <summary>A size that a caller chooses.</summary>
    public Dim AddSize(string hint) => Add(hint, string.Empty);

    /// <summary>An identifier for a number that a run computes.</summary>
    public string AddBound(string hint) => _names.Give(Identifier(hint));

    private Dim Import(string input, int axis, OnnxDimension dimension)
    {
        if (dimension.Value is { } size)
        {
            return size;
        }

        if (dimension.Symbol is not { } name)
        {
            // Without a name, nothing says that two open dimensions are equal. The outermost one is the batch by convention.
            return Add(axis == 0 ? "batch" : $"{input}_dim{axis}", string.Empty);
        }

        if (!_byOnnxName.TryGetValue(name, out var dim))
        {
            dim = Add(name, name);
            _byOnnxName[name] = dim;
        }

        return dim;
    }

    private Dim Add(string hint, string onnxName)
    {
        var bounds = overrides.Find(onnxName.Length > 0 ? onnxName : hint) ?? (0, int.MaxValue);
        if (bounds.Item1 == bounds.Item2)
        {
            return bounds.Item1;
        }

        var unique = _names.Give(Identifier(hint));
        _symbols.Add(new DimSymbol(unique, onnxName, bounds.Item1, bounds.Item2));
        return Dim.Symbol(unique);
    }

    // The names of the functions in dimension expressions are taken.
    private static string Identifier(string text)
    {
        var name = new StringBuilder();
        foreach (var c in text)
        {
            name.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        }

        var identifier = name.ToString().Trim('_');
        identifier = identifier.Length == 0 ? "size" : char.IsAsciiDigit(identifier[0]) ? "size" + identifier : identifier;
        identifier = identifier == "N" ? "batch" : identifier.All(char.IsAsciiLetterUpper) ? identifier.ToLowerInvariant() : char.ToLowerInvariant(identifier[0]) + identifier[1..];
        return identifier is "div" or "max" or "min" or "int" ? identifier + "Size" : identifier;
    }
}
