using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>Unique with room for as many as there are slices: indices, inverse, counts, and how many there are. Attributes: axis, sorted.</summary>
internal sealed class FindUnique : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context)
    {
        var size = context.Type(0)[context.Attributes.Int("axis", 0)];
        for (var i = 0; i < 3; i++)
        {
            context.Output(i, TensorType.Of(ElementType.Int64, size));
        }

        context.Output(3, TensorType.Of(ElementType.Int64, 1));
    }

    public override void Lower(LowerContext context)
    {
        var shape = context.Input(0).Type.Shape;
        var axis = context.Attributes.Int("axis", 0);
        var method = context.Input(0).Type.Element switch
        {
            ElementType.Complex64 => nameof(UniqueElements.RunComplex64),
            ElementType.Complex128 => nameof(UniqueElements.RunComplex128),
            _ => nameof(UniqueElements.Run),
        };
        context.Call(
            typeof(UniqueElements), method, context.Input(0), context.Temporary(ElementType.Int64, shape[axis] * 2, "scratch"), context.Node.Outputs[0]!, context.Node.Outputs[1]!, context.Node.Outputs[2]!, context.Node.Outputs[3]!,
            KernelAxes.Extent(shape, 0, axis), shape[axis], KernelAxes.Extent(shape, axis + 1, shape.Count), context.Attributes.Flag("sorted"));
    }
}
