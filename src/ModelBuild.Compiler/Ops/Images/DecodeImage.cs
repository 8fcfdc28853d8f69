using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>The pixels of an encoded image. Inputs: stream, height and width. Attribute: pixel_format.</summary>
internal sealed class DecodeImage : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context)
    {
        var size = context.RequireSizes(1);
        context.Output(ElementType.UInt8, size[0], size[1], Format(context.Attributes) == Kernels.ImageDecoder.Grayscale ? 1 : 3);
    }

    public override void Lower(LowerContext context) =>
        context.Call(typeof(Kernels.ImageDecoder), nameof(Kernels.ImageDecoder.Run), context.Input(0), context.Output, Format(context.Attributes));

    private static int Format(Attributes attributes) => attributes.Get("pixel_format", "RGB") switch
    {
        "RGB" => Kernels.ImageDecoder.Rgb,
        "BGR" => Kernels.ImageDecoder.Bgr,
        "Grayscale" => Kernels.ImageDecoder.Grayscale,
        var other => throw new OperatorException($"pixel_format is {other}, not RGB, BGR or Grayscale"),
    };
}
