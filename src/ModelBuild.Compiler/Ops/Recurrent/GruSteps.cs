using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>One direction of GRU. Further inputs: recurrent bias of h, initial state, lengths.</summary>
internal sealed class GruSteps : StepsOp
{
    protected override int Gates => 3;

    public override void Lower(LowerContext context)
    {
        if (IsDouble(context))
        {
            context.Call(
                typeof(RecurrentF64), nameof(RecurrentF64.Gru), context.Input(0), context.Input(1), OrNone(context, 2), OrNone(context, 3), OrNone(context, 4, ElementType.Int32),
                Rows(context, 3), Result(context, 0), Result(context, 1), Shape(context), context.Attributes.Flag("linear_before_reset"), Function(context, 0), Function(context, 1));
            return;
        }

        context.Call(
            typeof(GruF32), nameof(GruF32.Run), context.Input(0), Recurrence(context), OrNone(context, 2), OrNone(context, 3), OrNone(context, 4, ElementType.Int32),
            Scratch(context, 5, 5), Result(context, 0), Result(context, 1), Shape(context), context.Attributes.Flag("linear_before_reset"), Function(context, 0), Function(context, 1));
    }
}
