using System.Collections.Generic;

namespace ModelBuild.Plan;

/// <summary>What a kernel call passes for one parameter of the kernel's method.</summary>
/// <param name="Parameter">The parameter's name.</param>
public abstract record Argument(string Parameter);

/// <summary>A buffer: passed as a span.</summary>
/// <param name="Parameter">The parameter's name.</param>
/// <param name="Buffer">Index into <see cref="ModelPlan.Buffers"/>.</param>
/// <param name="IsWritten">Whether the kernel writes it (<c>Span</c>) or only reads it (<c>ReadOnlySpan</c>).</param>
public sealed record BufferArgument(string Parameter, int Buffer, bool IsWritten) : Argument(Parameter)
{
    /// <summary>Whether the buffer is a result of the call: written, and not <c>scratch</c>, which is what kernels call memory whose contents mean nothing to others.</summary>
    public bool IsResult => IsWritten && Parameter != "scratch";
}

/// <summary>A number.</summary>
/// <param name="Parameter">The parameter's name.</param>
/// <param name="Value">The number.</param>
public sealed record ScalarArgument(string Parameter, Scalar Value) : Argument(Parameter);

/// <summary>A struct of the kernel library, made with its primary constructor: a shape, or an operation.</summary>
/// <param name="Parameter">The parameter's name.</param>
/// <param name="Type">The struct.</param>
/// <param name="Fields">The constructor's arguments, in its order.</param>
public sealed record StructArgument(string Parameter, TypeReference Type, IReadOnlyList<StructField> Fields) : Argument(Parameter);

/// <summary>One constructor argument of a <see cref="StructArgument"/>.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="Value">The number.</param>
public sealed record StructField(string Name, Scalar Value);
