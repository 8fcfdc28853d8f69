namespace ModelBuild.Compiler.Ops;

/// <summary>A part of a tensor whose bounds are inputs: data, starts, ends, axes. An experimental operator of ONNX before operator set 10; Slice has taken its place.</summary>
internal sealed class DynamicSlice : FunctionOp
{
    public override void Expand(FunctionContext f) => f.Output(0, f.Add("Slice", f.Require(0), f.Require(1), f.Require(2), f.Input(3)));
}
