namespace ModelBuild.Compiler.Ops;

/// <summary>The mean of each window.</summary>
internal sealed class NchwcAveragePool : NchwcOp
{
    public override void Expand(FunctionContext f) => f.Output(0, f.Add("AveragePool", f.Attributes.Without(BlockAttribute), f.Require(0)));
}
