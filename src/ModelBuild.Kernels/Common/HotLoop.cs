using System.Runtime.CompilerServices;

namespace ModelBuild.Kernels;

/// <summary>How the JIT treats the loops that a model spends its time in.</summary>
internal static class HotLoop
{
#if MODELBUILD_PRECOMPILED
    /// <summary>
    /// Nothing special: code for ReadyToRun is optimized when it is published, and compiled again at run time once it has proved to be hot. What asks for aggressive
    /// optimization would be left out of it.
    /// </summary>
    public const MethodImplOptions Options = 0;
#else
    /// <summary>
    /// Compiles the method with all optimizations at its first call. Without it the first calls of a process run unoptimized code, where every vector
    /// operation is a call: a large model's first answer would take seconds instead of milliseconds.
    /// </summary>
    public const MethodImplOptions Options = MethodImplOptions.AggressiveOptimization;
#endif
}
