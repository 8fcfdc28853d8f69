using System.Collections.Generic;
using System.Linq;

namespace ModelBuild.Plan;

/// <summary>
/// One call of a kernel, as data: the compiler invokes it (to fold constants, to calibrate, to verify) and the generator prints it, so that what was tested is
/// what ships.
/// </summary>
/// <param name="Kernel">Class and method, for example <c>DenseF32.Run</c>.</param>
/// <param name="TypeArguments">Type arguments of the method.</param>
/// <param name="Arguments">One per parameter of the method, in its order.</param>
/// <param name="Nodes">Names of the ONNX nodes whose work this is.</param>
/// <param name="Note">One line for the comment above the call: shapes, cost; may be empty.</param>
public sealed record KernelCall(
    string Kernel,
    IReadOnlyList<TypeReference> TypeArguments,
    IReadOnlyList<Argument> Arguments,
    IReadOnlyList<string> Nodes,
    string Note) : PlanStep(Nodes, Note)
{
    /// <inheritdoc/>
    public override IEnumerable<BufferArgument> Buffers => Arguments.OfType<BufferArgument>();

    /// <inheritdoc/>
    public override IEnumerable<Dim> Dims => Arguments.SelectMany(Scalars).OfType<IntegerScalar>().Select(scalar => scalar.Value).Append(Parts).Append(BriefParts);

    /// <summary>
    /// Into how many parts the call is worth to be cut, for as many threads, even if they must be woken for it; 1 or less for none. Any number of parts gives the same bits.
    /// </summary>
    public Dim Parts { get; init; } = Dim.One;

    /// <summary>Where <see cref="Parts"/> is 1 or less: into how many parts the call is worth to be cut for threads that are awake; with 1 or less it runs as a whole.</summary>
    public Dim BriefParts { get; init; } = Dim.One;

    /// <summary>Whether there may be more than one part.</summary>
    public bool IsParallel => MayBeCut(Parts) || MayBeCut(BriefParts);

    /// <summary>
    /// Class and method that compute one part, for example <c>DenseF32Parts.Run</c>: its arguments are those of <see cref="Kernel"/>, then the number of the part and
    /// how many there are. A kernel without such a class cannot be cut.
    /// </summary>
    public string PartKernel => Kernel.Replace(".", "Parts.");

    private static bool MayBeCut(Dim parts) => !parts.IsConstant || parts.Constant > 1;

    private static IEnumerable<Scalar> Scalars(Argument argument) => argument switch
    {
        ScalarArgument scalar => [scalar.Value],
        StructArgument value => value.Fields.Select(field => field.Value),
        _ => [],
    };
}
