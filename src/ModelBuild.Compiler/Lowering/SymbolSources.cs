using System.Collections.Generic;
using System.Linq;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Lowering;

/// <summary>
/// Finds out how a run learns the size of each symbol: from the length of an input in which it is the only unknown factor, else as a parameter.
/// </summary>
internal static class SymbolSources
{
    public static IReadOnlyList<PlanSymbol> Find(KernelProgram program)
    {
        var lengths = program.Buffers.TakeWhile(buffer => buffer.Storage == Storage.Input).Select(buffer => buffer.Type.Length).ToArray();
        var known = new HashSet<string>();
        var result = new List<PlanSymbol>();
        while (known.Count < program.Symbols.Count)
        {
            var next = NextFromLength(program, lengths, known) ?? Parameter(program, known);
            known.Add(next.Name);
            result.Add(next);
        }

        return result;
    }

    private static PlanSymbol? NextFromLength(KernelProgram program, Dim[] lengths, HashSet<string> known)
    {
        for (var input = 0; input < lengths.Length; input++)
        {
            var unknown = lengths[input].Symbols.Where(symbol => !known.Contains(symbol)).ToArray();
            if (unknown.Length == 1 && Dim.ExactQuotient(lengths[input], Dim.Symbol(unknown[0])) is { } divisor && !divisor.Symbols.Contains(unknown[0]))
            {
                var symbol = program.Symbols.Single(s => s.Name == unknown[0]);
                return new PlanSymbol(symbol.Name, symbol.OnnxName, symbol.Min, symbol.Max, input, divisor);
            }
        }

        return null;
    }

    // The innermost unknown becomes a parameter, so that the outermost one, the batch, follows from the length.
    private static PlanSymbol Parameter(KernelProgram program, HashSet<string> known)
    {
        var symbol = program.Symbols.Last(s => !known.Contains(s.Name));
        return new PlanSymbol(symbol.Name, symbol.OnnxName, symbol.Min, symbol.Max, -1, Dim.One);
    }
}
