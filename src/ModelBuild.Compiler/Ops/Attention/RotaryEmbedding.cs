using System.Collections.Generic;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Rotates pairs of elements of each head by angles that depend on the position. https://onnx.ai/onnx/operators/onnx__RotaryEmbedding.html
/// Versions: 23.
/// </summary>
internal sealed class RotaryEmbedding : FunctionOp
{
    public override IReadOnlyList<int> Versions => [23];

    public override void Expand(FunctionContext f)
    {
        var x = f.Require(0);
        var isFlat = x.Type.Rank == 3;
        var heads = f.Attributes.Get("num_heads", 0L);
        var states = isFlat ? f.Add("Reshape", x, f.Constant(0, 0, heads > 0 ? heads : throw new OperatorException("num_heads is missing"), -1))
            : f.Add("Transpose", Attributes.Of(("perm", (long[])[0, 2, 1, 3])), x);
        var y = Rotate(f, states, f.Require(1), f.Require(2), f.Input(3), f.Attributes.Get("rotary_embedding_dim", 0L), f.Attributes.Flag("interleaved"));
        f.Output(0, isFlat ? f.Add("Reshape", y, f.Constant(0, 0, -1)) : f.Add("Transpose", Attributes.Of(("perm", (long[])[0, 2, 1, 3])), y));
    }

    /// <summary>Rotates <paramref name="x"/> [batch, length, heads, size]; the caches are [positions, size / 2], or [batch, length, size / 2] without positions.</summary>
    public static Value Rotate(FunctionContext f, Value x, Value cosine, Value sine, Value? positions, long rotated, bool isInterleaved)
    {
        var size = x.Type[3].IsConstant ? x.Type[3].Constant : throw OperatorException.Unsupported($"heads of unknown size, of {x.Type}, are not supported");
        rotated = rotated == 0 ? size : rotated;
        var parts = rotated == size ? [x] : f.AddAll("Split", 2, Attributes.Of(("axis", -1)), x, f.Constant(rotated, size - rotated));
        Value Angles(Value cache)
        {
            var rows = positions is null ? cache : f.Add("Gather", cache, positions);
            var half = f.Add("Slice", rows, f.Constant(0L), f.Constant(rotated / 2), f.Constant(-1L));
            return f.Add("Unsqueeze", half, f.Constant(2L));
        }

        var (cos, sin) = (Angles(cosine), Angles(sine));
        Value[] halves = isInterleaved
            ? [f.Add("Slice", parts[0], f.Constant(0L), f.Constant(rotated), f.Constant(3L), f.Constant(2L)), f.Add("Slice", parts[0], f.Constant(1L), f.Constant(rotated), f.Constant(3L), f.Constant(2L))]
            : f.AddAll("Split", 2, Attributes.Of(("axis", -1), ("num_outputs", 2)), parts[0]);
        var real = f.Add("Sub", f.Add("Mul", cos, halves[0]), f.Add("Mul", sin, halves[1]));
        var imaginary = f.Add("Add", f.Add("Mul", sin, halves[0]), f.Add("Mul", cos, halves[1]));
        Value turned;
        if (isInterleaved)
        {
            Value Column(Value value) => f.Add("Unsqueeze", value, f.Constant(-1L));
            turned = f.Add("Reshape", f.Add("Concat", Attributes.Of(("axis", -1)), Column(real), Column(imaginary)), f.Constant(0, 0, 0, -1));
        }
        else
        {
            turned = f.Add("Concat", Attributes.Of(("axis", -1)), real, imaginary);
        }

        return rotated == size ? turned : f.Add("Concat", Attributes.Of(("axis", -1)), turned, parts[1]);
    }
}
