using System;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

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

    /// <summary>Every head of keys or values as often as there are heads of queries for it, one after the other.</summary>
    public static Value Repeat(FunctionContext f, Value x, Value queries)
    {
        if (queries.Type[1].IsConstant && x.Type[1].IsConstant)
        {
            return Repeat(f, x, Groups(queries, x));
        }

        if (queries.Type[1].Equals(x.Type[1]))
        {
            return x;
        }

        // Where the heads do not fit, the last ones are taken from behind the end, which is an error of the run.
        Value Count(Value value) => f.Add("Gather", f.ShapeOf(value), f.Constant(Tensor.Scalar(1L)));
        var all = f.Add("Range", f.Constant(Tensor.Scalar(0L)), Count(queries), f.Constant(Tensor.Scalar(1L)));
        return f.Add("Gather", Attributes.Of(("axis", 1)), x, f.Add("Div", all, f.Add("Div", Count(queries), Count(x))));
    }

    private static Value Repeat(FunctionContext f, Value x, long groups)
    {
        if (groups == 1)
        {
            return x;
        }

        var repeated = f.Add("Expand", f.Add("Unsqueeze", x, f.Constant(2L)), f.Constant(1, 1, groups, 1, 1));
        var shape = f.ShapeOf(x);
        Value Sizes(long from, long to) => f.Add("Slice", shape, f.Constant(from), f.Constant(to));
        return f.Add("Reshape", repeated, f.Add("Concat", Attributes.Of(("axis", 0)), Sizes(0, 1), f.Constant(x.Type[1].Constant * groups), Sizes(2, 4)));
    }

    /// <summary>
    /// What queries are multiplied by: the attribute scale, which is 1 / sqrt(size) unless it is given. ONNX multiplies queries and keys each by its root; this is one product less,
    /// and without rounding where it is a power of two.
    /// </summary>
    public static Value Scale(FunctionContext f, Value q)
    {
        if (f.Attributes.Has("scale") || q.Type[3].IsConstant)
        {
            return f.Number(f.Attributes.Has("scale") ? f.Attributes.Get("scale", 1f) : 1 / Math.Sqrt(q.Type[3].Constant), q);
        }

        var size = f.As(f.Add("Gather", f.ShapeOf(q), f.Constant(Tensor.Scalar(3L))), ElementType.Double);
        return f.As(f.Add("Reciprocal", f.Add("Sqrt", size)), q.Type.Element);
    }
}
