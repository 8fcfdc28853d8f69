using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>An operation of two operands applied to one or more inputs from left to right, all broadcast to one shape.</summary>
internal abstract class VariadicOp : Op
{
    public override void Infer(InferContext context)
    {
        var types = Enumerable.Range(0, context.InputCount).Select(context.Type).ToArray();
        if (types.Length == 0 || types.Any(type => type.Element != types[0].Element))
        {
            throw new OperatorException($"{Name} takes at least one operand, and all of one type");
        }

        var shape = Broadcast.Shape([.. types.Select(type => type.Shape)]);
        var elements = types.Length == 2 && shape.Count <= 1 && context.Elements(0) is [var a] && context.Elements(1) is [var b] && Combine(a, b) is { } one ? new[] { one } : null;
        context.Output(0, new TensorType(types[0].Element, shape), elements);
    }

    public override void Lower(LowerContext context)
    {
        var (first, y) = (context.Input(0), context.Output);
        if (!first.Type.Element.IsNumber())
        {
            throw ElementKinds.Unsupported(Name, first.Type.Element);
        }

        if (context.Node.Inputs.Count == 1)
        {
            context.Alias(y, first);
        }
        else
        {
            BinaryCalls.Emit(context, first, first.Type.Shape, context.Input(1), context.Input(1).Type.Shape, y, Operations);
            for (var i = 2; i < context.Node.Inputs.Count; i++)
            {
                BinaryCalls.Emit(context, y, y.Type.Shape, context.Input(i), context.Input(i).Type.Shape, y, Operations);
            }
        }

        Finish(context);
    }

    /// <summary>The operation.</summary>
    protected abstract BinaryOperations Operations { get; }

    /// <summary>The result for two sizes; null where it is not known before run time.</summary>
    protected virtual Dim? Combine(Dim a, Dim b) => null;

    /// <summary>Emits what is left to do with the output.</summary>
    protected virtual void Finish(LowerContext context)
    {
    }
}
