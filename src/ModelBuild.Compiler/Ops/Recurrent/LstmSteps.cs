using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>One direction of LSTM. Further inputs: initial state, initial cell, lengths, peepholes.</summary>
internal sealed class LstmSteps : StepsOp
{
    protected override int Gates => 4;

    protected override int States => 2;

    public override void Lower(LowerContext context)
    {
        if (IsDouble(context))
        {
            context.Call(
                typeof(RecurrentF64), nameof(RecurrentF64.Lstm), context.Input(0), context.Input(1), OrNone(context, 2), OrNone(context, 3), OrNone(context, 4, ElementType.Int32),
                OrNone(context, 5), Rows(context, 1), Result(context, 0), Result(context, 1), Result(context, 2), Shape(context), context.Attributes.Flag("input_forget"),
                Function(context, 0), Function(context, 1), Function(context, 2));
            return;
        }

        context.Call(
            typeof(LstmF32), nameof(LstmF32.Run), context.Input(0), Recurrence(context), OrNone(context, 2), OrNone(context, 3), OrNone(context, 4, ElementType.Int32),
            OrNone(context, 5), Scratch(context, 5, 5), Result(context, 0), Result(context, 1), Result(context, 2), Shape(context), context.Attributes.Flag("input_forget"),
            Function(context, 0), Function(context, 1), Function(context, 2));
    }
}
