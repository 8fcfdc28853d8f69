using ModelBuild.Compiler.Lowering;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// An operator that is defined by other operators: the importer puts them in its place, so that it has no kernels of its own and passes see what it is made of.
/// Function-bodied operators of ONNX are such; so are the fused ones that exporters write.
/// </summary>
internal abstract class FunctionOp : Op
{
    /// <summary>Adds the nodes that compute the outputs.</summary>
    /// <exception cref="IR.OperatorException">The node breaks the operator's rules, or uses what we do not compile.</exception>
    public abstract void Expand(FunctionContext context);

    public sealed override bool TryExpand(FunctionContext context)
    {
        Expand(context);
        return true;
    }

    public sealed override void Infer(InferContext context) => throw new System.InvalidOperationException($"{QualifiedName} has been expanded.");

    public sealed override void Lower(LowerContext context) => throw new System.InvalidOperationException($"{QualifiedName} has been expanded.");
}
