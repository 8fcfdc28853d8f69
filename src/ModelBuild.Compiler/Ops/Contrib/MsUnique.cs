using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>The different elements of a vector as they come up, which of them every one is, and how often they occur. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.Unique</summary>
internal sealed class MsUnique : ContribOp
{
    public override string Name => "Unique";

    public override void Expand(FunctionContext f)
    {
        var all = f.AddAll("Unique", 4, Attributes.Of(("sorted", 0)), f.Require(0));
        f.Output(0, all[0]);
        f.Output(1, all[2]);
        f.Output(2, all[3]);
    }
}
