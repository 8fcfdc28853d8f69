namespace ModelBuild.Compiler.Ops;

/// <summary>The largest value of each window.</summary>
internal sealed class NchwcMaxPool : NchwcOp
{
    public override void Expand(FunctionContext f) => f.Output(0, f.Add("MaxPool", f.Attributes.Without(BlockAttribute), f.Require(0)));
}
