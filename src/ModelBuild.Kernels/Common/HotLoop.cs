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

    /// <summary>
    /// For loops over 512-bit vectors that belong to a method with other code: they are a method of their own, since the runtime discards what contains them where there
    /// are such vectors, unless it was compiled for AVX-512.
    /// </summary>
    public const MethodImplOptions Avx512 = MethodImplOptions.NoInlining;
#else
    /// <summary>
    /// Compiles the method with all optimizations at its first call. Without it the first calls of a process run unoptimized code, where every vector
    /// operation is a call: a large model's first answer would take seconds instead of milliseconds.
    /// </summary>
    public const MethodImplOptions Options = MethodImplOptions.AggressiveOptimization;

    /// <summary>For loops over 512-bit vectors that belong to a method with other code: they become a part of it.</summary>
    public const MethodImplOptions Avx512 = MethodImplOptions.AggressiveInlining;
#endif
}
