using System;
using System.Globalization;

namespace ModelBuild.Plan;

/// <summary>A number in a kernel call: an integer expression, a float, a double or a bool.</summary>
public abstract record Scalar
{
    /// <summary>An integer that may depend on dimensions.</summary>
    public static implicit operator Scalar(Dim value) => new IntegerScalar(value);

    /// <summary>An integer.</summary>
    public static implicit operator Scalar(long value) => new IntegerScalar(value);

    /// <summary>A 32-bit float.</summary>
    public static implicit operator Scalar(float value) => new FloatScalar(value);

    /// <summary>A 64-bit float.</summary>
    public static implicit operator Scalar(double value) => new DoubleScalar(value);

    /// <summary>A truth value.</summary>
    public static implicit operator Scalar(bool value) => new BoolScalar(value);

    /// <summary>Reads what <c>ToString</c> writes. Floats are written as their bits, so that they survive exactly.</summary>
    /// <exception cref="FormatException">The text is not a scalar.</exception>
    public static Scalar Parse(string text) => text switch
    {
        "true" => true,
        "false" => false,
        _ when text.StartsWith("f:", StringComparison.Ordinal) => FromBits(unchecked((int)Bits(text, digits: 8))),
        _ when text.StartsWith("d:", StringComparison.Ordinal) => BitConverter.Int64BitsToDouble(Bits(text, digits: 16)),
        _ => DimParser.Parse(text),
    };

    private static long Bits(string text, int digits) =>
        text.Length == 2 + digits && long.TryParse(text.Substring(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits)
            ? bits
            : throw new FormatException($"'{text}' is not a number.");

    private static float FromBits(int bits) => BitConverter.ToSingle(BitConverter.GetBytes(bits), 0);
}

/// <summary>An integer that may depend on dimensions.</summary>
/// <param name="Value">The expression.</param>
public sealed record IntegerScalar(Dim Value) : Scalar
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>A 32-bit float.</summary>
/// <param name="Value">Any value; infinities and NaN survive.</param>
public sealed record FloatScalar(float Value) : Scalar
{
    /// <inheritdoc/>
    public override string ToString() => "f:" + BitConverter.ToInt32(BitConverter.GetBytes(Value), 0).ToString("x8", CultureInfo.InvariantCulture);
}

/// <summary>A 64-bit float.</summary>
/// <param name="Value">Any value; infinities and NaN survive.</param>
public sealed record DoubleScalar(double Value) : Scalar
{
    /// <inheritdoc/>
    public override string ToString() => "d:" + BitConverter.DoubleToInt64Bits(Value).ToString("x16", CultureInfo.InvariantCulture);
}

/// <summary>A truth value.</summary>
/// <param name="Value">The value.</param>
public sealed record BoolScalar(bool Value) : Scalar
{
    /// <inheritdoc/>
    public override string ToString() => Value ? "true" : "false";
}
