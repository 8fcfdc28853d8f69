using System.Collections.Generic;
using System.Linq;

namespace ModelBuild.Plan;

/// <summary>Reads a size, or a number that sizes depend on, from a buffer of integers that a step before has written.</summary>
/// <param name="Symbol">The symbol that stands for the number from here on; its bounds are those of its <see cref="PlanSymbol"/>.</param>
/// <param name="Buffer">A buffer of 32-bit or 64-bit integers.</param>
/// <param name="Index">Which of them.</param>
/// <param name="Saturates">Whether a number beyond the bounds is taken as the nearest bound; otherwise the run fails.</param>
/// <param name="Nodes">Names of the ONNX nodes.</param>
/// <param name="Note">What the number is, in words.</param>
public sealed record BindStep(string Symbol, int Buffer, int Index, bool Saturates, IReadOnlyList<string> Nodes, string Note) : PlanStep(Nodes, Note)
{
    /// <inheritdoc/>
    public override IEnumerable<BufferArgument> Buffers => [new BufferArgument("values", Buffer, false)];
}

/// <summary>Gives symbols new values, all at once: each expression is computed with the values from before.</summary>
/// <param name="Assignments">Symbol and value.</param>
/// <param name="Nodes">Names of the ONNX nodes.</param>
/// <param name="Note">One line for the comment.</param>
public sealed record AssignStep(IReadOnlyList<SymbolAssignment> Assignments, IReadOnlyList<string> Nodes, string Note) : PlanStep(Nodes, Note)
{
    /// <inheritdoc/>
    public override IEnumerable<BufferArgument> Buffers => [];

    /// <inheritdoc/>
    public override IEnumerable<Dim> Dims => Assignments.Select(assignment => assignment.Value);
}

/// <summary>One part of an <see cref="AssignStep"/>.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Value">Its new value.</param>
public sealed record SymbolAssignment(string Symbol, Dim Value);

/// <summary>The run fails unless a number is 0: what only the sizes of a run can show, such as that two dimensions are equal.</summary>
/// <param name="Zero">What must be 0.</param>
/// <param name="Nodes">Names of the ONNX nodes.</param>
/// <param name="Note">What is wrong where it is not, as a sentence without a full stop.</param>
public sealed record RequireStep(Dim Zero, IReadOnlyList<string> Nodes, string Note) : PlanStep(Nodes, Note)
{
    /// <inheritdoc/>
    public override IEnumerable<BufferArgument> Buffers => [];

    /// <inheritdoc/>
    public override IEnumerable<Dim> Dims => [Zero];
}

/// <summary>Makes the steps up to the <see cref="ElseStep"/> or <see cref="EndStep"/> of the same depth only where a truth value holds.</summary>
/// <param name="Condition">A buffer of one truth value.</param>
/// <param name="Nodes">Names of the ONNX nodes.</param>
/// <param name="Note">One line for the comment.</param>
public sealed record IfStep(int Condition, IReadOnlyList<string> Nodes, string Note) : PlanStep(Nodes, Note)
{
    /// <inheritdoc/>
    public override IEnumerable<BufferArgument> Buffers => [new BufferArgument("condition", Condition, false)];
}

/// <summary>Between the two branches of an <see cref="IfStep"/>.</summary>
public sealed record ElseStep() : PlanStep([], string.Empty)
{
    /// <inheritdoc/>
    public override IEnumerable<BufferArgument> Buffers => [];
}

/// <summary>Repeats the steps up to the <see cref="EndStep"/> of the same depth.</summary>
/// <param name="Iteration">The symbol that counts the rounds, from 0; afterwards it is how many there were.</param>
/// <param name="Trips">The largest number of rounds; null for any.</param>
/// <param name="Condition">A buffer of one truth value that must hold before each round; -1 for none.</param>
/// <param name="Nodes">Names of the ONNX nodes.</param>
/// <param name="Note">One line for the comment.</param>
public sealed record LoopStep(string Iteration, Dim? Trips, int Condition, IReadOnlyList<string> Nodes, string Note) : PlanStep(Nodes, Note)
{
    /// <inheritdoc/>
    public override IEnumerable<BufferArgument> Buffers => Condition < 0 ? [] : [new BufferArgument("condition", Condition, false)];

    /// <inheritdoc/>
    public override IEnumerable<Dim> Dims => Trips is null ? [] : [Trips];
}

/// <summary>Closes the block of an <see cref="IfStep"/> or a <see cref="LoopStep"/>.</summary>
public sealed record EndStep() : PlanStep([], string.Empty)
{
    /// <inheritdoc/>
    public override IEnumerable<BufferArgument> Buffers => [];
}
