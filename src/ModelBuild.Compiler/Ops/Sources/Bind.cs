using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The same integers, whose elements have become symbols that sizes can be made of: how a size that a run computes gets into dimension expressions. The importer
/// puts one in front of an operator that needs to know the elements.
/// Attributes: symbols, a name for each element; sizes=1 where they must not be negative; saturate=1 where a number that is too large means the largest.
/// </summary>
internal sealed class Bind : Op, IAliasOp
{
    private const string SizesAttribute = "sizes";
    private const string SaturateAttribute = "saturate";

    public override string Domain => OwnDomain;

    public override bool IsFoldable => false;

    public static Attributes Of(IReadOnlyList<string> symbols, bool areSizes, bool saturates) =>
        Attributes.Of((InferContext.SymbolsAttribute, symbols.ToArray()), (SizesAttribute, areSizes ? 1 : 0), (SaturateAttribute, saturates ? 1 : 0));

    public override void Infer(InferContext context)
    {
        var symbols = InferContext.SymbolsOf(context.Attributes);
        var areSizes = context.Attributes.Flag(SizesAttribute);
        context.Output(0, context.Type(0), [.. symbols.Select(symbol => areSizes ? Dim.Symbol(symbol) : Dim.Number(symbol))]);
    }

    public override void Lower(LowerContext context)
    {
        context.Alias(context.Output, context.Input(0));
        foreach (var (index, name) in InferContext.SymbolsOf(context.Attributes).Index())
        {
            var symbol = new DimSymbol(name, string.Empty, context.Attributes.Flag(SizesAttribute) ? 0 : -DimSymbol.LargestNumber, DimSymbol.LargestNumber);
            context.Bind(symbol, context.Input(0), index, context.Attributes.Flag(SaturateAttribute));
        }
    }
}
