using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>What definitions of ONNX Runtime's operators are written with.</summary>
internal static class ContribArithmetic
{
    /// <summary>A parameter of the whole tensor as a scalar, where it may be a vector of one element; others stay as they are.</summary>
    public static Value One(this FunctionContext f, Value value) => value.Type.Rank == 1 && value.Type[0].Equals(Dim.One) ? f.Add("Reshape", value, f.Constant()) : value;

    /// <summary>The length of an axis as a scalar.</summary>
    public static Value LengthOf(this FunctionContext f, Value value, int axis) => f.Add("Gather", f.ShapeOf(value), f.Constant(Tensor.Scalar((long)axis)));

    /// <summary>0, 1, 2, ... below a scalar.</summary>
    public static Value Counted(this FunctionContext f, Value length) => f.Add("Range", f.Constant(Tensor.Scalar(0L)), length, f.Constant(Tensor.Scalar(1L)));
}
