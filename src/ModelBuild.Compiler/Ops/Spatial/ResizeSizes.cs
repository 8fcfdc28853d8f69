using System;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>The sizes of a resized tensor, and by how much each axis is scaled. Inputs: the input's sizes, axes, scales or sizes. Attribute: policy.</summary>
internal sealed class ResizeSizes : Op
{
    private const long LargestDivisor = 4096;

    public override string Domain => OwnDomain;

    public override void Infer(InferContext context)
    {
        context.Output(0, context.Type(0), Elements(context));
        context.Output(1, context.Type(0).With(ElementType.Float));
    }

    public override void Lower(LowerContext context)
    {
        if (context.Node.Input(2) is { } scales)
        {
            context.Call(typeof(ResizePlan), nameof(ResizePlan.FromScales), context.Input(0), context.Input(1), scales, context.Node.Outputs[0]!, context.Node.Outputs[1]!);
            return;
        }

        context.Call(typeof(ResizePlan), nameof(ResizePlan.FromSizes), context.Input(0), context.Input(1), context.Input(3), context.Node.Outputs[0]!, context.Node.Outputs[1]!, context.Attributes.Int("policy", 0));
    }

    // Sizes that follow from the input's: those that are given, and products with factors that are fractions.
    private static Dim[]? Elements(InferContext context)
    {
        if (context.Elements(0) is not { } input || context.Input(1)?.Constant is not { } axes)
        {
            return null;
        }

        Dim[] result = [.. input];
        for (var i = 0; i < axes.Length; i++)
        {
            var axis = (int)axes.ToInt64()[i];
            if (context.Input(2) is { } scales)
            {
                if (scales.Constant is not { } factors || Product(input[axis], factors.As<float>()[i]) is not { } size)
                {
                    return null;
                }

                result[axis] = size;
            }
            else if (context.Attributes.Int("policy", 0) != 0 || context.Elements(3) is not { } sizes)
            {
                return null;
            }
            else
            {
                result[axis] = sizes[i];
            }
        }

        return result;
    }

    private static Dim? Product(Dim size, float factor)
    {
        if (size.IsConstant)
        {
            return (long)Math.Floor(size.Constant * (double)factor);
        }

        for (var divisor = 1L; divisor <= LargestDivisor; divisor *= 2)
        {
            if (factor * divisor == Math.Floor(factor * divisor) && factor * divisor < int.MaxValue)
            {
                return Dim.FloorDiv(size * (long)(factor * divisor), divisor);
            }
        }

        return null;
    }
}
