namespace ModelBuild.Compiler.Ops;

/// <summary>An operator of ONNX Runtime's own domain that is defined by operators of ONNX.</summary>
internal abstract class ContribOp : FunctionOp
{
    public const string Microsoft = "com.microsoft";

    public sealed override string Domain => Microsoft;
}
