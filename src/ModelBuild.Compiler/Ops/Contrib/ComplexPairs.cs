using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>Complex numbers as pairs along the last axis.</summary>
internal static class ComplexPairs
{
    /// <summary>a * b, or a times the conjugate of b.</summary>
    public static Value Product(FunctionContext f, Value a, Value b, bool isConjugated)
    {
        Value[] Parts(Value value) => f.AddAll("Split", 2, Attributes.Of(("axis", -1), ("num_outputs", 2)), value);
        var (left, right) = (Parts(a), Parts(b));
        var imaginary = isConjugated ? f.Add("Neg", right[1]) : right[1];
        var real = f.Add("Sub", f.Add("Mul", left[0], right[0]), f.Add("Mul", left[1], imaginary));
        return f.Add("Concat", Attributes.Of(("axis", -1)), real, f.Add("Add", f.Add("Mul", left[0], imaginary), f.Add("Mul", left[1], right[0])));
    }
}
