using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>Global pooling over NHWC data. Attribute operator: the name of the ONNX operator, which knows the reduction.</summary>
internal sealed class GlobalPoolNhwc : Op
{
    public const string OperatorAttribute = "operator";

    public override string Domain => OwnDomain;

    public override void Infer(InferContext context)
    {
        var x = context.Type(0);
        context.Output(x.Element, x[0], Dim.One, Dim.One, x[3]);
    }

    public override void Lower(LowerContext context)
    {
        var x = context.Input(0);
        if (x.Type.Element != ElementType.Float)
        {
            throw OperatorException.Unsupported($"global pooling of {x.Type.Element.ShortName()} is not supported");
        }

        var pool = (GlobalPoolOp)OpRegistry.Get(context.Attributes.Require<string>(OperatorAttribute));
        context.Note = $"[{x.Type[1]},{x.Type[2]},{x.Type[3]}] -> [{x.Type[3]}]";
        context.Call(typeof(ReduceF32), nameof(ReduceF32.Run), x, context.Output, x.Type[0], x.Type[1] * x.Type[2], x.Type[3], pool.Reduction);
    }
}
