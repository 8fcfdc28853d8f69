using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>The parts of each text along a new last axis. Inputs: texts, how many parts there is room for. Attributes: delimiter, maxsplit.</summary>
internal sealed class SplitTexts : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context) => context.Output(ElementType.String, [.. context.Type(0).Shape, context.RequireSize(1)]);

    public override void Lower(LowerContext context) =>
        context.Call(typeof(Kernels.Texts), nameof(Kernels.Texts.Split), context.Input(0), Delimiter(context), context.Output, context.Output.Type[-1], Most(context));

    public static Value Delimiter(LowerContext context) => context.Constant(Tensor.Of([context.Attributes.Get("delimiter", string.Empty)], 1), "delimiter", string.Empty);

    public static int Most(LowerContext context) => context.Attributes.Int("maxsplit", -1);
}
