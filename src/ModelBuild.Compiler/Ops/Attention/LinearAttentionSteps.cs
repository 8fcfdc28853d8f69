using System;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>The recurrence of LinearAttention in 32-bit floats. Inputs: query, key, value, decay, beta, past state.</summary>
internal sealed class LinearAttentionSteps : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context)
    {
        var (query, key, value) = (context.Type(0), context.Type(1), context.Type(2));
        var (queryHeads, heads) = (context.Attributes.Require<long>("q_num_heads"), context.Attributes.Require<long>("kv_num_heads"));
        if (query.Rank != 3 || key.Rank != 3 || value.Rank != 3 || heads < 1 || queryHeads % heads != 0)
        {
            throw new OperatorException($"{query}, {key} and {value} cannot be divided among {queryHeads} and {heads} heads");
        }

        bool Covers(TensorType type, int axis, params Dim[] sizes) => sizes.Any(size => !type[axis].IsConstant || !size.IsConstant || type[axis].Equals(size));
        bool Fits(int input, params Dim[] sizes) => context.Input(input)?.Type is not { } type || (type.Rank == 3 && Covers(type, 0, query[0]) && Covers(type, 1, query[1]) && Covers(type, 2, sizes));
        var isPastFit = context.Input(5)?.Type is not { } past
            || (past.Rank == 4 && Covers(past, 0, query[0]) && Covers(past, 1, heads) && Covers(past, 2, Dim.FloorDiv(key[2], heads)) && Covers(past, 3, Dim.FloorDiv(value[2], heads)));
        if (!Covers(query, 2, Dim.FloorDiv(key[2], heads) * queryHeads) || !Covers(key, 0, query[0]) || !Covers(value, 0, query[0]) || !Covers(key, 1, query[1]) || !Covers(value, 1, query[1]) || !isPastFit || !Fits(3, 1, heads, key[2]) || !Fits(4, 1, heads))
        {
            throw new OperatorException($"the sizes of the inputs do not fit {query}, {key} and {value}");
        }

        var (rows, columns) = (Dim.FloorDiv(key[2], heads), Dim.FloorDiv(value[2], heads));
        context.Output(0, query.With(query[0], query[1], columns * queryHeads));
        context.Output(1, query.With(query[0], heads, rows, columns));
    }

    public override void Lower(LowerContext context)
    {
        var none = Value.Of("none", Tensor.Of<float>([], 0));
        var (query, state) = (context.Input(0).Type, context.Node.Outputs[1]!);
        var scale = context.Attributes.Get("scale", 0f);
        if (scale == 0)
        {
            scale = state.Type[2].IsConstant ? (float)(1 / Math.Sqrt(state.Type[2].Constant)) : throw OperatorException.Unsupported("a scale that follows from a size of the run is not supported");
        }

        Value OrNone(int input) => context.Node.Input(input) ?? none;
        context.Call(
            typeof(Kernels.LinearAttention), nameof(Kernels.LinearAttention.Run), context.Input(0), context.Input(1), context.Input(2), OrNone(3), OrNone(4), OrNone(5),
            context.Temporary(ElementType.Float, state.Type[3], "scratch"), context.Output, state, query[0], query[1], context.Attributes.Int("q_num_heads", 1), state.Type[1], state.Type[2], state.Type[3], scale);
    }
}
