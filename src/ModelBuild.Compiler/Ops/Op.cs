using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.Lowering;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The whole meaning of one operator: its versions, the types of its outputs, and the kernel calls that compute it. Folding, calibration, verification and
/// emission all use these calls, so there is no second implementation of any operator.
/// </summary>
internal abstract class Op
{
    /// <summary>The domain of operators that only our passes create.</summary>
    public const string OwnDomain = "modelbuild";

    /// <summary>The name in the ONNX specification.</summary>
    public virtual string Name => GetType().Name;

    /// <summary>The operator set; empty for ai.onnx.</summary>
    public virtual string Domain => string.Empty;

    /// <summary>The operator set versions that define the operator anew, ascending. A node gets the newest one that its model's operator set includes.</summary>
    public virtual IReadOnlyList<int> Versions => [1];

    /// <summary>
    /// Whether a node with constant inputs is computed at build time. Dequantization is not: it is the sign by which the quantizer's patterns are recognised.
    /// </summary>
    public virtual bool IsFoldable => true;

    public string QualifiedName => Domain.Length == 0 ? Name : $"{Domain}.{Name}";

    /// <summary>
    /// Puts other nodes in the place of this one, where it is defined by them: always for a <see cref="FunctionOp"/>, else in some cases. False where the node stays.
    /// </summary>
    public virtual bool TryExpand(FunctionContext context) => false;

    /// <summary>Checks the node and gives the types of its outputs.</summary>
    /// <exception cref="IR.OperatorException">The node breaks the operator's rules, or uses what we do not compile.</exception>
    public abstract void Infer(InferContext context);

    /// <summary>Emits the kernel calls that compute the outputs.</summary>
    /// <exception cref="IR.OperatorException">The node uses what we do not compile.</exception>
    public abstract void Lower(LowerContext context);

    /// <summary>The definition that holds in <paramref name="opset"/>, or null where the operator did not exist yet.</summary>
    public int? VersionIn(long opset) => Versions.Where(version => version <= opset).Select(version => (int?)version).LastOrDefault();
}
