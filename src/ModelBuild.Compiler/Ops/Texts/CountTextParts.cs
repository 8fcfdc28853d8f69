using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>How many parts each text has, and the largest of these numbers. Attributes: delimiter, maxsplit.</summary>
internal sealed class CountTextParts : Op
{
    public override string Domain => OwnDomain;

    public override void Infer(InferContext context)
    {
        context.Output(0, context.Type(0).With(ElementType.Int64));
        context.Output(1, TensorType.Of(ElementType.Int64, 1));
    }

    public override void Lower(LowerContext context) => context.Call(
        typeof(Kernels.Texts), nameof(Kernels.Texts.CountParts), context.Input(0), SplitTexts.Delimiter(context), context.Node.Outputs[0]!, context.Node.Outputs[1]!, SplitTexts.Most(context));
}
