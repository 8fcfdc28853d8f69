using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>Channels in blocks next to each other, or last, without those that fill up the last block.</summary>
internal sealed class NchwcReorderOutput : NchwcOp
{
    public override void Expand(FunctionContext f)
    {
        var x = f.Require(0);
        var channels = f.Attributes.Require<long>("channels");
        x = x.Type[1].Equals(channels) ? x : f.Add("Slice", x, f.Constant(0L), f.Constant(channels), f.Constant(1L));
        f.Output(0, f.Attributes.Flag("channels_last") ? f.Add("Transpose", Attributes.Of(("perm", (long[])[0, 2, 3, 1])), x) : x);
    }
}
