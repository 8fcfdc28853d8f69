using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The same bits as an element type of the same size. https://onnx.ai/onnx/operators/onnx__BitCast.html
/// Versions: 26. Rejected: types of another size, strings.
/// </summary>
internal sealed class BitCast : Op
{
    public override IReadOnlyList<int> Versions => [26];

    public override void Infer(InferContext context)
    {
        var (from, to) = (context.Type(0), (ElementType)context.Attributes.Require<long>("to"));
        if (!to.IsSupported() || to.SizeInBytes() != from.Element.SizeInBytes())
        {
            throw new OperatorException($"the bits of {from} are no {to}");
        }

        context.Output(0, from.With(to));
    }

    public override void Lower(LowerContext context) => context.Call(typeof(Kernels.BitCast), nameof(Kernels.BitCast.Run), context.Input(0), context.Output);
}
