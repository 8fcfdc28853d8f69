using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Conv, then a sum with a fourth input, then an activation. Of the weights, the filters lie in blocks, innermost; outside of the kernel, inputs do so, too, unless there are
/// fewer of them than a block has, or one for each group.
/// </summary>
internal sealed class NchwcConv : NchwcOp
{
    public override void Expand(FunctionContext f)
    {
        var (block, stored, w) = (Block(f), f.Require(1), f.Type(1));
        if (w.Rank != 4 || !w.IsStatic || w[0].Constant % block != 0)
        {
            throw new OperatorException($"weights {w} are not in blocks of {block} filters");
        }

        var (filters, inputs, height, width) = (w[0].Constant, w[1].Constant, w[2].Constant, w[3].Constant);
        var isInputWhole = inputs < block;
        if (!isInputWhole && inputs % block != 0)
        {
            throw new OperatorException($"weights {w} are not in blocks of {block} inputs");
        }

        long[] sizes = isInputWhole ? [filters / block, inputs, height, width, block] : [filters / block, inputs / block, height, width, block, block];
        long[] order = isInputWhole ? [0, 4, 1, 2, 3] : [0, 5, 1, 4, 2, 3];
        var plain = f.Add("Reshape", f.Add("Transpose", Attributes.Of(("perm", order)), f.Add("Reshape", stored, f.Constant(sizes))), f.Constant(filters, inputs, height, width));
        var y = f.Add("Conv", f.Attributes.Without("activation").Without("activation_params").Without(BlockAttribute), f.Require(0), plain, f.Input(2));
        f.Output(0, FusedActivation.Apply(f, f.Input(3) is { } sum ? f.Add("Add", y, sum) : y));
    }
}
