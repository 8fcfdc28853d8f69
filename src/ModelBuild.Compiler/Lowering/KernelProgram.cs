using System.Collections.Generic;
using System.Reflection;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Lowering;

/// <summary>A lowered model: kernel calls over buffers. It can be run as it is, and becomes a plan when its memory has been laid out.</summary>
/// <param name="Symbols">Dimensions that are known only at run time.</param>
/// <param name="Buffers">Inputs first, then outputs, each in signature order, then all others.</param>
/// <param name="PrepareSteps">Calls that fill the buffers of storage <see cref="Storage.Prepared"/>, once.</param>
/// <param name="Steps">Calls of every run, in order.</param>
internal sealed record KernelProgram(
    IReadOnlyList<DimSymbol> Symbols,
    IReadOnlyList<ProgramBuffer> Buffers,
    IReadOnlyList<ProgramStep> PrepareSteps,
    IReadOnlyList<ProgramStep> Steps);

/// <summary>A buffer of a program.</summary>
/// <param name="Name">The ONNX name of the value, or the one a pass made.</param>
/// <param name="Type">Element type and dimensions as they lie in memory.</param>
/// <param name="Storage">Where its memory comes from.</param>
/// <param name="Constant">The contents where <paramref name="Storage"/> is <see cref="Storage.Constant"/>.</param>
/// <param name="Note">What a reader should know about the contents.</param>
internal sealed record ProgramBuffer(string Name, TensorType Type, Storage Storage, Tensor? Constant, string Note);

/// <summary>A kernel call together with the method that it calls.</summary>
/// <param name="Call">The call; buffer numbers are indices into <see cref="KernelProgram.Buffers"/>.</param>
/// <param name="Method">The kernel's method, closed over its type arguments.</param>
/// <param name="Output">The ONNX name of the value that the step completes; null for an intermediate call.</param>
/// <param name="PartMethod">The method that computes one part of the call; null for a kernel that cannot be cut.</param>
internal sealed record ProgramStep(KernelCall Call, MethodInfo Method, string? Output, MethodInfo? PartMethod);
