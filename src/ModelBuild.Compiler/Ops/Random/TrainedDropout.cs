using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>Dropout in training. Inputs: x, ratio as a 64-bit float, whether it is training.</summary>
internal sealed class TrainedDropout : RandomOp
{
    public override string Domain => OwnDomain;

    public override IReadOnlyList<int> Versions => [1];

    public override void Infer(InferContext context)
    {
        context.Output(0, context.Type(0));
        context.Output(1, context.Type(0).With(ElementType.Bool));
    }

    public override void Lower(LowerContext context)
    {
        Value OrNone(int input, ElementType type) => context.Node.Input(input) ?? Value.Of("none", new Tensor(type, [0], default));
        var mask = context.Node.Outputs is [_, { } wanted] ? wanted : context.Temporary(ElementType.Bool, Dim.Zero, "mask");
        void Emit(Value x, Value y) => context.Call(
            typeof(RandomNumbers), nameof(RandomNumbers.Dropout), x, OrNone(1, ElementType.Double), OrNone(2, ElementType.Bool), y, mask, Key(context));
        if (context.Output.Type.Element is ElementType.Float16 or ElementType.BFloat16)
        {
            FloatArithmetic.Lower(context, [context.Input(0)], context.Output, (wide, y) => Emit(wide[0], y));
            return;
        }

        Emit(context.Input(0), context.Output);
    }
}
