using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>The index along an axis of the largest or smallest value; of equal ones the first, or with select_last_index=1 the last.</summary>
internal abstract class ArgOp : Op
{
    public override IReadOnlyList<int> Versions => [1, 11, 12, 13];

    /// <summary>There is no kernel for bfloat16.</summary>
    public override bool TryExpand(FunctionContext context) => context.TryWiden(this);

    public override void Infer(InferContext context)
    {
        var x = context.Type(0);
        var axis = InferContext.Axis(context.Attributes.Get("axis", 0L), x.Rank);
        var keeps = context.Attributes.Flag("keepdims", true);
        context.Output(ElementType.Int64, [.. x.Shape.Take(axis), .. keeps ? new[] { Dim.One } : [], .. x.Shape.Skip(axis + 1)]);
    }

    public override void Lower(LowerContext context)
    {
        var x = context.Input(0);
        if (!x.Type.Element.IsNumber())
        {
            throw ElementKinds.Unsupported(Name, x.Type.Element);
        }

        var shape = x.Type.Shape;
        var axis = InferContext.Axis(context.Attributes.Get("axis", 0L), shape.Count);
        context.Call(
            Kernel, "Run", x, context.Output, KernelAxes.Extent(shape, 0, axis), shape[axis], KernelAxes.Extent(shape, axis + 1, shape.Count),
            context.Attributes.Flag("select_last_index"));
    }

    /// <summary>The kernel; its method is Run.</summary>
    protected abstract Type Kernel { get; }
}
