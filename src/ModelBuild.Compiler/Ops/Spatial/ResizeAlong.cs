using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// A tensor resized along one axis. Inputs: x, the sizes of the final result, the factors of all axes, begin and end of a crop. Attributes: those of the filter; axis;
/// place, the axis in these lists, where it is another one than in x.
/// </summary>
internal sealed class ResizeAlong : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context)
    {
        var x = context.Type(0);
        var axis = context.Attributes.Int("axis", 0);
        Dim[] shape = [.. x.Shape];
        shape[axis] = context.RequireSizes(1)[context.Attributes.Int("place", axis)];
        context.Output(0, x.With(shape));
    }

    public override void Lower(LowerContext context)
    {
        var (x, a) = (context.Input(0), context.Attributes);
        var shape = x.Type.Shape;
        var axis = a.Int("axis", 0);
        var filter = new ResizeFilter(
            a.Int("mode", 0), a.Int("coordinates", 0), a.Int("rounding", 0), a.Get("cubic", -0.75f), a.Flag("exclude"), a.Flag("antialias"), a.Get("outside", 0f));
        void Emit(Value from, Value to) => context.Call(
            typeof(ResizeAxis), nameof(ResizeAxis.Run), from, context.Input(2), context.Node.Input(3) ?? Value.Of("none", Tensor.Of<float>([], 0)), to,
            KernelAxes.Extent(shape, 0, axis), shape[axis], KernelAxes.Extent(shape, axis + 1, shape.Count), to.Type[axis], a.Int("place", axis), filter);
        if (x.Type.Element is ElementType.Float16 or ElementType.BFloat16)
        {
            FloatArithmetic.Lower(context, [x], context.Output, (wide, y) => Emit(wide[0], y));
            return;
        }

        Emit(x, context.Output);
    }
}
