namespace ModelBuild.Compiler.Ops;

/// <summary>The largest value of each channel.</summary>
internal sealed class NchwcGlobalMaxPool : NchwcOp
{
    public override void Expand(FunctionContext f) => f.Output(0, f.Add("GlobalMaxPool", f.Attributes.Without(BlockAttribute), f.Require(0)));
}
