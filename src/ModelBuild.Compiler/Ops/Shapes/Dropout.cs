using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Outside training y = x, and the mask is true everywhere. https://onnx.ai/onnx/operators/onnx__Dropout.html
/// Versions: 1, 6 (attribute is_test), 7 (no training), 10 (the mask is of truth values), 12 (input training_mode), 13, 22 (more types).
/// A model of versions 1 and 6 is taken to be used outside training, whatever is_test says, and later ones up to 11 are by definition. In training the numbers are
/// those of a generator that starts with the seed, or with 0, in every run.
/// </summary>
internal sealed class Dropout : Op
{
    public override IReadOnlyList<int> Versions => [1, 6, 7, 10, 12, 13, 22];

    /// <summary>Floats of 8 bits are widened.</summary>
    public override bool TryExpand(FunctionContext context)
    {
        var x = context.Require(0);
        if (!x.Type.Element.IsNarrow() || x.Type.Element == ElementType.BFloat16)
        {
            return false;
        }

        var wide = context.AddAll(Name, 2, context.Attributes, context.As(x, ElementType.Float), context.Input(1), context.Input(2));
        context.Output(0, context.As(wide[0], x.Type.Element));
        context.Output(1, wide[1]);
        return true;
    }

    public override void Infer(InferContext context)
    {
        var x = context.Type(0);
        context.Output(0, x);
        context.Output(1, context.Version < 10 ? x : x.With(ElementType.Bool));
    }

    public override void Lower(LowerContext context)
    {
        var (x, y, mask) = (context.Input(0), context.Node.Outputs[0], context.Node.Outputs is [_, { } wanted, ..] ? wanted : null);
        if (MayTrain(context.Node))
        {
            EmitTraining(context, x, context.Input(2), y ?? context.Temporary(x.Type.Element, x.Type.Length, "y"), mask ?? context.Temporary(ElementType.Bool, x.Type.Length, "mask"));
            return;
        }

        if (y is not null)
        {
            context.Alias(y, x);
        }

        if (mask is not null)
        {
            var kept = mask.Type.Element == ElementType.Bool ? Tensor.Of<bool>([true], 1) : TensorNumbers.Scalar(1, mask.Type.Element).Reshaped(1);
            Expand.Emit(context, context.Constant(kept, "kept", string.Empty), mask);
        }
    }

    /// <summary>Whether it does anything in a run.</summary>
    public static bool MayTrain(Node node) => node.Input(2) is { } training && !(training.Constant is { } known && !known.As<bool>()[0]);

    private static void EmitTraining(LowerContext context, Value x, Value training, Value y, Value mask)
    {
        var ratio = context.Constant(Tensor.Of<float>([], 0), "ratio", "the default");
        if (context.Node.Input(1) is { } given)
        {
            ratio = given.Type.Element == ElementType.Float ? given : Value.Of($"{context.Node.Outputs[0]?.Name ?? mask.Name}_ratio_f32", given.Type.With(ElementType.Float));
            if (ratio != given)
            {
                Cast.Emit(context, given, ratio);
            }
        }

        var state = context.Temporary(ElementType.UInt32, MersenneTwister.StateLength, "state");
        void Emit(Value from, Value to) => context.Call(typeof(Kernels.Dropout), nameof(Kernels.Dropout.Run), from, ratio, training, state, to, mask, context.Attributes.Get("seed", 0L));
        if (x.Type.Element == ElementType.Double)
        {
            Emit(x, y);
        }
        else
        {
            FloatArithmetic.Lower(context, [x], y, (wide, result) => Emit(wide[0], result));
        }
    }
}
