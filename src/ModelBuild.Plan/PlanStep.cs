using System.Collections.Generic;

namespace ModelBuild.Plan;

/// <summary>
/// What a run does next: a call of a kernel, or what decides which calls are made and for which sizes. <see cref="IfStep"/> and <see cref="LoopStep"/> open a block
/// that the <see cref="EndStep"/> of the same depth closes.
/// </summary>
/// <param name="Nodes">Names of the ONNX nodes whose work this is.</param>
/// <param name="Note">One line for the comment above the step; may be empty.</param>
public abstract record PlanStep(IReadOnlyList<string> Nodes, string Note)
{
    /// <summary>The buffers that the step itself touches.</summary>
    public abstract IEnumerable<BufferArgument> Buffers { get; }

    /// <summary>The dimensions that the step itself reads.</summary>
    public virtual IEnumerable<Dim> Dims => [];
}
