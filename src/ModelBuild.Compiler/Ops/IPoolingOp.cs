using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>An operator of ours whose kernel can store the largest of each 2x2 outputs instead of all of them: <see cref="ConvPooling"/>.</summary>
internal interface IPoolingOp
{
    /// <summary>Whether the kernel for this node can, and is the faster for it.</summary>
    bool CanPool(Node node);
}
