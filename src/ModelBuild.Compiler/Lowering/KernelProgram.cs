using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Lowering;

/// <summary>A lowered model: kernel calls over buffers. It can be run as it is, and becomes a plan when its memory has been laid out.</summary>
/// <param name="Symbols">Dimensions that follow from the sizes of the inputs.</param>
/// <param name="BoundSymbols">Sizes and numbers that steps find in the course of a run.</param>
/// <param name="Buffers">Inputs first, then outputs, each in signature order, then all others.</param>
/// <param name="PrepareSteps">Calls that fill the buffers of storage <see cref="Storage.Prepared"/>, once.</param>
/// <param name="Steps">What every run does, in order.</param>
internal sealed record KernelProgram(
    IReadOnlyList<DimSymbol> Symbols,
    IReadOnlyList<DimSymbol> BoundSymbols,
    IReadOnlyList<ProgramBuffer> Buffers,
    IReadOnlyList<KernelStep> PrepareSteps,
    IReadOnlyList<ProgramStep> Steps)
{
    /// <summary>The kernel calls among the steps.</summary>
    public IEnumerable<KernelStep> Calls => Steps.OfType<KernelStep>();
}

/// <summary>A buffer of a program.</summary>
/// <param name="Name">The ONNX name of the value, or the one a pass made.</param>
/// <param name="Type">Element type and dimensions as they lie in memory.</param>
/// <param name="Storage">Where its memory comes from.</param>
/// <param name="Constant">The contents where <paramref name="Storage"/> is <see cref="Storage.Constant"/>.</param>
/// <param name="Note">What a reader should know about the contents.</param>
internal sealed record ProgramBuffer(string Name, TensorType Type, Storage Storage, Tensor? Constant, string Note)
{
    /// <summary>The buffer whose memory this one is, with other dimensions; its own where null. That buffer is no such view itself.</summary>
    public int? Over { get; init; }

    /// <summary>For an input that the caller need not pass, the constant that stands for it.</summary>
    public int? Default { get; init; }
}

/// <summary>What a run does next.</summary>
internal abstract record ProgramStep
{
    /// <summary>The step as data; buffer numbers are indices into <see cref="KernelProgram.Buffers"/>.</summary>
    public abstract PlanStep Plan { get; }
}

/// <summary>A kernel call together with the method that it calls.</summary>
/// <param name="Call">The call.</param>
/// <param name="Method">The kernel's method, closed over its type arguments.</param>
/// <param name="Output">The ONNX name of the value that the step completes; null for an intermediate call.</param>
/// <param name="PartMethod">The method that computes one part of the call; null for a kernel that cannot be cut.</param>
internal sealed record KernelStep(KernelCall Call, MethodInfo Method, string? Output, MethodInfo? PartMethod) : ProgramStep
{
    public override PlanStep Plan => Call;
}

/// <summary>What decides which calls are made, and for which sizes.</summary>
/// <param name="Flow">Any step but a call.</param>
internal sealed record FlowStep(PlanStep Flow) : ProgramStep
{
    public override PlanStep Plan => Flow;
}
