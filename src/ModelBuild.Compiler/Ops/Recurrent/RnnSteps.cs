using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>One direction of RNN. Further inputs: initial state, lengths.</summary>
internal sealed class RnnSteps : StepsOp
{
    protected override int Gates => 1;

    public override void Lower(LowerContext context)
    {
        if (IsDouble(context))
        {
            context.Call(
                typeof(RecurrentF64), nameof(RecurrentF64.Rnn), context.Input(0), context.Input(1), OrNone(context, 2), OrNone(context, 3, ElementType.Int32), Rows(context, 1),
                Result(context, 0), Result(context, 1), Shape(context), Function(context, 0));
            return;
        }

        context.Call(
            typeof(RnnF32), nameof(RnnF32.Run), context.Input(0), Recurrence(context), OrNone(context, 2), OrNone(context, 3, ElementType.Int32), Scratch(context, 1, 1),
            Result(context, 0), Result(context, 1), Shape(context), Function(context, 0));
    }
}
