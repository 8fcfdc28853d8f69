using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>Height and width of an encoded image; zeros where it cannot be decoded.</summary>
internal sealed class ImageSize : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context)
    {
        var stream = context.Type(0);
        if (stream.Rank != 1 || stream.Element != ElementType.UInt8)
        {
            throw new OperatorException($"{stream} is no stream of bytes");
        }

        context.Output(ElementType.Int64, 2);
    }

    public override void Lower(LowerContext context) => context.Call(typeof(Kernels.ImageDecoder), nameof(Kernels.ImageDecoder.Size), context.Input(0), context.Output);
}
