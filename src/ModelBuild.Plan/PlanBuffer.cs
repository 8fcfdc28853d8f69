using System.Collections.Generic;

namespace ModelBuild.Plan;

/// <summary>Where a buffer's memory comes from.</summary>
public enum Storage
{
    /// <summary>A span that the caller passes in.</summary>
    Input,

    /// <summary>A span that the caller passes in to be written.</summary>
    Output,

    /// <summary>The weights file.</summary>
    Constant,

    /// <summary>Memory that the preparation steps fill once, before the first run.</summary>
    Prepared,

    /// <summary>The arena of a run, which is as large as the sizes of the inputs say.</summary>
    Arena,

    /// <summary>Memory of a run that is taken when its size is known, in the course of the run; it is kept for the next run.</summary>
    Late,
}

/// <summary>A contiguous array of values that kernel calls read and write.</summary>
/// <param name="Name">A C# identifier, unique in the plan.</param>
/// <param name="OnnxName">The name of the ONNX value it holds; empty where it is the compiler's own.</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Dimensions as they lie in memory (which for images is NHWC), the last one contiguous.</param>
/// <param name="Storage">Where the memory comes from.</param>
/// <param name="Slot">For <see cref="Storage.Arena"/> and <see cref="Storage.Late"/> the index of the slot, each counted from 0; for inputs and outputs the position in the signature; otherwise 0.</param>
/// <param name="Offset">Bytes from the start of the slot, of the weights or of the prepared memory; 0 for inputs and outputs.</param>
/// <param name="Note">What a reader should know about the contents, for example <c>panels of 32</c>; may be empty.</param>
public sealed record PlanBuffer(
    string Name,
    string OnnxName,
    ElementType Type,
    IReadOnlyList<Dim> Shape,
    Storage Storage,
    int Slot,
    long Offset,
    string Note)
{
    /// <summary>Number of elements.</summary>
    public Dim Length => Dim.Product(Shape);
}
