using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>Channels that lie next to each other, or last, in blocks: they are filled up with zeros to a whole number of blocks.</summary>
internal sealed class NchwcReorderInput : NchwcOp
{
    public override void Expand(FunctionContext f)
    {
        var x = f.Require(0);
        x = f.Attributes.Flag("channels_last") ? f.Add("Transpose", Attributes.Of(("perm", (long[])[0, 3, 1, 2])), x) : x;
        var channels = x.Type[1].IsConstant ? x.Type[1].Constant : throw OperatorException.Unsupported($"{x.Type} has an unknown number of channels");
        var missing = channels % 16 == 0 ? 0 : -channels % Block(f);
        f.Output(0, missing == 0 ? x : f.Padded(x, 1, 0, missing + Block(f)));
    }
}
