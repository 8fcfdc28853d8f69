using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The bits of x as elements of another type of the same width. https://onnx.ai/onnx/operators/onnx__BitCast.html
/// Versions: 26. Rejected: strings, which have no width.
/// </summary>
internal sealed class BitCast : Op
{
    public override IReadOnlyList<int> Versions => [26];

    public override void Infer(InferContext context)
    {
        var (x, to) = (context.Type(0), (ElementType)context.Attributes.Require<long>("to"));
        if (!to.IsSupported() || Bits(x.Element) != Bits(to))
        {
            throw new OperatorException($"the elements of {x} have {Bits(x.Element)} bits, and are to be seen as {to}");
        }

        context.Output(0, x.With(to));
    }

    public override void Lower(LowerContext context)
    {
        var (x, y) = (context.Input(0), context.Output);
        var (from, to) = (x.Type.Element, y.Type.Element);
        if (from == to)
        {
            context.Alias(y, x);
        }
        else if (Bits(to) < 8)
        {
            context.Call(typeof(Kernels.BitCast), nameof(Kernels.BitCast.Small), x, y, Bits(to), to is ElementType.Int4 or ElementType.Int2);
        }
        else
        {
            context.Call(typeof(Kernels.BitCast), to == ElementType.Bool ? nameof(Kernels.BitCast.ToBool) : nameof(Kernels.BitCast.Run), x, y);
        }
    }

    private static int Bits(ElementType type) => type switch
    {
        ElementType.UInt2 or ElementType.Int2 => 2,
        ElementType.UInt4 or ElementType.Int4 or ElementType.Float4E2M1 => 4,
        _ => 8 * type.SizeInBytes(),
    };
}
