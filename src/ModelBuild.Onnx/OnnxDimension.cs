using System;
using System.Globalization;

namespace ModelBuild.Onnx;

/// <summary>
/// One declared dimension: a size, a symbol that stands for the same size wherever it occurs in the model, or unknown (the default).
/// Negative sizes in files, which some exporters write for "any", are read as unknown.
/// </summary>
public readonly record struct OnnxDimension
{
    private OnnxDimension(long? value, string? symbol)
    {
        Value = value;
        Symbol = symbol;
    }

    /// <summary>The size, 0 or more, or null.</summary>
    public long? Value { get; }

    /// <summary>The symbol, never empty, or null.</summary>
    public string? Symbol { get; }

    /// <summary>Whether neither size nor symbol is known.</summary>
    public bool IsUnknown => Value is null && Symbol is null;

    /// <summary>A dimension of a known size.</summary>
    public static OnnxDimension Of(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        return new(value, null);
    }

    /// <summary>A dimension with a name.</summary>
    public static OnnxDimension Of(string symbol)
    {
        ArgumentException.ThrowIfNullOrEmpty(symbol);
        return new(null, symbol);
    }

    /// <summary>The size, the symbol, or <c>?</c>.</summary>
    public override string ToString() => Value?.ToString(CultureInfo.InvariantCulture) ?? Symbol ?? "?";
}
