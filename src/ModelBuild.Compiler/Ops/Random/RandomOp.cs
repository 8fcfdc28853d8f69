using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// An operator that makes random numbers: those of its seed, or where it has none of its name, so that a model gives the same in every run.
/// </summary>
internal abstract class RandomOp : Op
{
    public override IReadOnlyList<int> Versions => [1, 22];

    public override bool IsFoldable => false;

    /// <summary>What the numbers depend on.</summary>
    protected static long Key(LowerContext context) => context.Attributes.Has("seed")
        ? BitConverter.DoubleToInt64Bits(context.Attributes.Get("seed", 0f))
        : context.Node.Output.Name.Aggregate(1469598103934665603L, (hash, character) => unchecked((hash ^ character) * 1099511628211L));

    /// <summary>Emits a kernel that makes floats, for any type of them.</summary>
    protected static void Emit(LowerContext context, Action<Value> emit)
    {
        if (context.Output.Type.Element is ElementType.Float16 or ElementType.BFloat16)
        {
            FloatArithmetic.Lower(context, [], context.Output, (_, y) => emit(y));
            return;
        }

        emit(context.Output);
    }
}
