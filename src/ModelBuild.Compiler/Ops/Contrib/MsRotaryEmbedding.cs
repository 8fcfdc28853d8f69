using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>Rotates pairs of elements of each head. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.RotaryEmbedding</summary>
internal sealed class MsRotaryEmbedding : FunctionOp
{
    public override string Name => "RotaryEmbedding";

    public override string Domain => "com.microsoft";

    public override void Expand(FunctionContext f)
    {
        var x = f.Require(0);
        var (cos, sin) = (f.Require(2), f.Require(3));
        var rotated = f.Attributes.Get("rotary_embedding_dim", 0L);
        var heads = f.Attributes.Get("num_heads", 0L);
        var size = rotated > 0 && heads > 0 ? x.Type[2].Constant / heads : cos.Type[1].Constant * 2;
        var isFlat = x.Type.Rank == 3;
        var states = isFlat ? f.Add("Reshape", x, f.Constant(0, 0, -1, size)) : f.Add("Transpose", Attributes.Of(("perm", (long[])[0, 2, 1, 3])), x);
        var positions = f.Require(1);
        if (positions.Type.Length.Equals(Dim.One))
        {
            // One number is where the sequence begins.
            var length = f.Add("Gather", f.ShapeOf(states), f.Constant(Tensor.Scalar(1L)));
            positions = f.Add("Unsqueeze", f.Add("Add", f.Add("Reshape", positions, f.Constant(1L)), f.Add("Range", f.Constant(Tensor.Scalar(0L)), length, f.Constant(Tensor.Scalar(1L)))), f.Constant(0L));
        }

        var y = RotaryEmbedding.Rotate(f, states, cos, sin, positions, rotated, f.Attributes.Flag("interleaved"));
        f.Output(0, isFlat ? f.Add("Reshape", y, f.Constant(0, 0, -1)) : f.Add("Transpose", Attributes.Of(("perm", (long[])[0, 2, 1, 3])), y));
    }
}
