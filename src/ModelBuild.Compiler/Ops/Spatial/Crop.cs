using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// A part of each image, without a border or from a corner on. An experimental operator of ONNX before operator set 8; axes are [N, C, H, W].
/// Attributes: border (left, top, right, bottom), scale (height, width).
/// </summary>
internal sealed class Crop : FunctionOp
{
    public override void Expand(FunctionContext f)
    {
        var (border, x) = (f.Attributes.Require<long[]>("border"), f.Require(0));
        if (border.Length != 4 || x.Type.Rank != 4)
        {
            throw new OperatorException($"{x.Type} cannot be cropped by a border of {border.Length} numbers");
        }

        var ends = f.Attributes.Ints("scale") is { } scale
            ? f.Constant(border[1] + scale[0], border[0] + scale[1])
            : f.Add("Sub", f.Add("Slice", f.ShapeOf(x), f.Constant(2L), f.Constant(4L)), f.Constant(border[3], border[2]));
        f.Output(0, f.Add("Slice", x, f.Constant(border[1], border[0]), ends, f.Constant(2, 3)));
    }
}
