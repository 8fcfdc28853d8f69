using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>How attention divides vectors among heads.</summary>
internal static class Heads
{
    /// <summary>[batch, length, heads * size] as [batch, heads, length, size].</summary>
    public static Value Split(FunctionContext f, Value x, long heads) =>
        f.Add("Transpose", Attributes.Of(("perm", (long[])[0, 2, 1, 3])), f.Add("Reshape", x, f.Constant(0, 0, heads, -1)));

    /// <summary>[batch, heads, length, size] as [batch, length, heads * size].</summary>
    public static Value Join(FunctionContext f, Value x) =>
        f.Add("Reshape", f.Add("Transpose", Attributes.Of(("perm", (long[])[0, 2, 1, 3])), x), f.Constant(0, 0, -1));

    /// <summary>How many heads of queries share a head of keys.</summary>
    public static long Groups(Value queries, Value keys) => queries.Type[1].Equals(keys.Type[1]) ? 1
        : queries.Type[1].IsConstant && keys.Type[1].IsConstant && queries.Type[1].Constant % keys.Type[1].Constant == 0 ? queries.Type[1].Constant / keys.Type[1].Constant
        : throw new OperatorException($"{queries.Type[1]} heads of queries cannot share {keys.Type[1]} heads of keys");

    /// <summary>Every head as many times as there are in a group, one after the other.</summary>
    public static Value Repeat(FunctionContext f, Value x, long groups)
    {
        if (groups == 1)
        {
            return x;
        }

        var repeated = f.Add("Expand", f.Add("Unsqueeze", x, f.Constant(2L)), f.Constant(1, 1, groups, 1, 1));
        return f.Add("Reshape", repeated, f.Constant(0, x.Type[1].Constant * groups, -1, x.Type[3].Constant));
    }
}
