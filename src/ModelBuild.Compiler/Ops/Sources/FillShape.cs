using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>The shape of ConstantFill and GivenTensorFill: the attribute shape, or without it the shape of the input, or with input_as_shape its elements; then extra_shape.</summary>
internal static class FillShape
{
    public static Value Of(FunctionContext f)
    {
        var shape = f.Input(0) is not { } input ? f.Constant(f.Attributes.Ints("shape", [])) : f.Attributes.Flag("input_as_shape") ? f.As(input, Plan.ElementType.Int64) : f.ShapeOf(input);
        return f.Attributes.Ints("extra_shape", []) is { Length: > 0 } extra ? f.Add("Concat", Attributes.Of(("axis", 0)), shape, f.Constant(extra)) : shape;
    }
}
