using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>The inverses of square matrices; 16-bit floats are widened. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.Inverse</summary>
internal sealed class Inverse : Op
{
    public override string Domain => ContribOp.Microsoft;

    public override bool TryExpand(FunctionContext context) => context.TryWiden(this, both: true);

    public override void Infer(InferContext context)
    {
        var x = context.Type(0);
        if (x.Rank < 2 || !x[-1].Equals(x[-2]))
        {
            throw new IR.OperatorException($"{x} is no square matrix");
        }

        context.Output(0, x);
    }

    public override void Lower(LowerContext context)
    {
        var x = context.Input(0).Type;
        if (x.Element is not (ElementType.Float or ElementType.Double))
        {
            throw ElementKinds.Unsupported(Name, x.Element);
        }

        context.Call(
            typeof(Kernels.Inverse), nameof(Kernels.Inverse.Run), context.Input(0), context.Temporary(x.Element, x[-1] * x[-1], "scratch"), context.Output,
            KernelAxes.Extent(x.Shape, 0, x.Rank - 2), x[-1]);
    }
}
