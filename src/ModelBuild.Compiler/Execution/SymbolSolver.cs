using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Execution;

/// <summary>Finds the sizes of a model's symbols from the shapes of given inputs.</summary>
internal static class SymbolSolver
{
    /// <exception cref="ArgumentException">An input has the wrong type or shape, or two inputs disagree.</exception>
    public static IReadOnlyDictionary<string, long> Solve(
        IReadOnlyList<DimSymbol> symbols,
        IReadOnlyList<(string Name, TensorType Type)> signature,
        IReadOnlyList<Tensor> inputs,
        IReadOnlyDictionary<string, long>? sizes)
    {
        if (inputs.Count != signature.Count)
        {
            throw new ArgumentException($"The model has {signature.Count} inputs, {inputs.Count} were given.", nameof(inputs));
        }

        var found = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var ((name, type), tensor) in signature.Zip(inputs))
        {
            if (tensor.Type != type.Element || tensor.Dims.Count != type.Rank)
            {
                throw Mismatch(name, type, tensor);
            }

            foreach (var (dim, size) in type.Shape.Zip(tensor.Dims))
            {
                if (dim.Terms is [{ Coefficient: 1, Atoms: [{ Symbol: { } symbol }] }] && found.TryAdd(symbol, size))
                {
                    continue;
                }

                if (dim.Symbols.All(found.ContainsKey) && dim.Evaluate(symbol => found[symbol]) != size)
                {
                    throw Mismatch(name, type, tensor);
                }
            }
        }

        foreach (var symbol in symbols)
        {
            if (sizes is not null && sizes.TryGetValue(symbol.Name, out var size))
            {
                found.TryAdd(symbol.Name, size);
            }

            if (found.TryGetValue(symbol.Name, out var actual) && (actual < symbol.Min || actual > symbol.Max))
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"Dimension \"{symbol.Name}\" is {actual}; allowed is {symbol.Min} to {symbol.Max}."), nameof(inputs));
            }
        }

        return found;
    }

    private static ArgumentException Mismatch(string name, TensorType expected, Tensor actual) =>
        new($"Input \"{name}\" is {actual.TensorType}; the model expects {expected}.", nameof(actual));
}
