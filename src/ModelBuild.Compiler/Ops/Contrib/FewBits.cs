using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>What the operators have in common that are several MatMulNBits of one normalized input.</summary>
internal static class FewBits
{
    /// <summary>The input that is multiplied; where there is something to be added to it, the sum is output <paramref name="sum"/>.</summary>
    public static Value Normalized(FunctionContext f, int x, int skip, int scale, int sum)
    {
        var input = f.Require(x);
        var epsilon = Attributes.Of(("axis", -1), ("epsilon", f.Attributes.Get("epsilon", 1e-5f)));
        if (f.Input(skip) is { } more)
        {
            input = f.Add("Add", input, more);
            f.Output(sum, input);
        }

        return f.Input(scale) is { } weights ? f.Add("RMSNormalization", epsilon, input, weights) : input;
    }

    /// <summary>The product with one of the matrices.</summary>
    public static Value Product(FunctionContext f, Value x, int matrix, int scales, int bias, long columns) => f.Add(
        "com.microsoft.MatMulNBits",
        Attributes.Of(("K", f.Attributes.Require<long>("K")), ("N", columns), ("bits", f.Attributes.Get("bits", 4L)), ("block_size", f.Attributes.Require<long>("block_size"))),
        x, f.Require(matrix), f.Require(scales), null, null, f.Input(bias));
}
