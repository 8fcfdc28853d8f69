namespace ModelBuild.Compiler.Ops;

/// <summary>The mean of each channel.</summary>
internal sealed class NchwcGlobalAveragePool : NchwcOp
{
    public override void Expand(FunctionContext f) => f.Output(0, f.Add("GlobalAveragePool", f.Attributes.Without(BlockAttribute), f.Require(0)));
}
