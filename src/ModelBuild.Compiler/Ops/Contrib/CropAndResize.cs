using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>Regions of images, resized to crop_size. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.CropAndResize</summary>
internal sealed class CropAndResize : Op
{
    public override string Domain => ContribOp.Microsoft;

    public override bool TryExpand(FunctionContext context) => context.TryWiden(this, both: true);

    public override void Infer(InferContext context)
    {
        var (x, rois, size) = (context.Type(0), context.Type(1), context.RequireSizes(3));
        if (x.Rank != 4 || rois.Rank != 2 || size.Count != 2 || !context.HasSize(1, 1, 4) || !context.HaveSameSize(1, 0, 2, 0))
        {
            throw new OperatorException($"{rois} in {context.Type(2)} are no regions of {x}, or they have {size.Count} sizes");
        }

        context.Output(x.Element, rois[0], x[1], size[0], size[1]);
    }

    public override void Lower(LowerContext context)
    {
        var (x, y) = (context.Input(0).Type, context.Output.Type);
        if (x.Element != ElementType.Float)
        {
            throw ElementKinds.Unsupported(Name, x.Element);
        }

        var isNearest = context.Attributes.Get("mode", "bilinear") switch
        {
            "nearest" => true,
            "bilinear" => false,
            var other => throw new OperatorException($"mode=\"{other}\" is neither bilinear nor nearest"),
        };
        context.Call(
            typeof(Kernels.CropResize), nameof(Kernels.CropResize.Run), context.Input(0), context.Input(1), context.Input(2), context.Output, x[0], x[1], x[2], x[3], y[2], y[3], isNearest,
            context.Attributes.Get("extrapolation_value", 0f));
    }
}
