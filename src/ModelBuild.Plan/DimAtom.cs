using System;
using System.Collections.Generic;
using System.Linq;

namespace ModelBuild.Plan;

/// <summary>The functions that a <see cref="DimAtom"/> can apply to two dimensions.</summary>
public enum DimFunction
{
    /// <summary>The quotient rounded towards negative infinity.</summary>
    FloorDiv,

    /// <summary>The larger one.</summary>
    Max,

    /// <summary>The smaller one.</summary>
    Min,
}

/// <summary>An indivisible factor of a <see cref="DimTerm"/>: a symbol, or a function of two dimensions.</summary>
public sealed class DimAtom : IEquatable<DimAtom>
{
    private readonly string _text;

    internal DimAtom(string symbol, bool isSigned)
    {
        Symbol = symbol;
        IsSigned = isSigned;
        _text = isSigned ? $"int({symbol})" : symbol;
    }

    internal DimAtom(DimFunction function, Dim left, Dim right)
    {
        Function = function;
        Left = left;
        Right = right;
        _text = $"{NameOf(function)}({left},{right})";
    }

    /// <summary>The symbol's name; null for a function.</summary>
    public string? Symbol { get; }

    /// <summary>Whether the symbol stands for any number that a run computes rather than for a size, and may be negative.</summary>
    public bool IsSigned { get; }

    /// <summary>The function; without meaning for a symbol.</summary>
    public DimFunction Function { get; }

    /// <summary>The function's first argument; null for a symbol.</summary>
    public Dim? Left { get; }

    /// <summary>The function's second argument; null for a symbol.</summary>
    public Dim? Right { get; }

    /// <summary>A symbol is a size; of a maximum one argument decides, of a quotient or a minimum both do.</summary>
    internal bool IsNeverNegative => Symbol is not null
        ? !IsSigned
        : (Function == DimFunction.Max ? Left!.IsNeverNegative || Right!.IsNeverNegative : Left!.IsNeverNegative && Right!.IsNeverNegative);

    internal IEnumerable<string> Symbols => Symbol is not null ? [Symbol] : Left!.Symbols.Concat(Right!.Symbols);

    /// <inheritdoc/>
    public override string ToString() => _text;

    /// <inheritdoc/>
    public bool Equals(DimAtom? other) => other is not null && _text == other._text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DimAtom);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_text);

    internal static string NameOf(DimFunction function) => function switch
    {
        DimFunction.FloorDiv => "div",
        DimFunction.Max => "max",
        _ => "min",
    };

    internal long Evaluate(Func<string, long> symbol)
    {
        if (Symbol is not null)
        {
            return symbol(Symbol);
        }

        Dim left = Left!.Evaluate(symbol);
        Dim right = Right!.Evaluate(symbol);
        return Apply(left, right).Constant;
    }

    internal Dim Substitute(Func<string, Dim?> replacement) => Symbol is not null
        ? replacement(Symbol) ?? Dim.FromAtom(this)
        : Apply(Left!.Substitute(replacement), Right!.Substitute(replacement));

    private Dim Apply(Dim left, Dim right) => Function switch
    {
        DimFunction.FloorDiv => Dim.FloorDiv(left, right),
        DimFunction.Max => Dim.Max(left, right),
        _ => Dim.Min(left, right),
    };
}
