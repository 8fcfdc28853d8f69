using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>MurmurHash3 of 32 bits of each element. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.MurmurHash3</summary>
internal sealed class MurmurHash3 : Op
{
    public override string Domain => ContribOp.Microsoft;

    /// <summary>With positive=0 the same bits are signed.</summary>
    public override bool TryExpand(FunctionContext context)
    {
        if (context.Attributes.Flag("positive", otherwise: true))
        {
            return false;
        }

        var hash = context.Add(QualifiedName, context.Attributes.With("positive", 1), context.Require(0));
        context.Output(0, context.Add("BitCast", IR.Attributes.Of(("to", (long)ElementType.Int32)), hash));
        return true;
    }

    public override void Infer(InferContext context) => context.Output(0, context.Type(0).With(ElementType.UInt32));

    public override void Lower(LowerContext context)
    {
        var type = context.Input(0).Type.Element;
        if (type is not (ElementType.String or ElementType.Int32 or ElementType.UInt32 or ElementType.Int64 or ElementType.UInt64 or ElementType.Float or ElementType.Double))
        {
            throw ElementKinds.Unsupported(Name, type);
        }

        context.Call(typeof(Hash), type == ElementType.String ? nameof(Hash.Texts) : nameof(Hash.Numbers), context.Input(0), context.Output, context.Attributes.Int("seed", 0));
    }
}
