#if MODELBUILD_LATE_AVX512
using System.Runtime.CompilerServices;
using System.Threading;

namespace ModelBuild.Kernels;

/// <summary>
/// When a program that ReadyToRun compiled for AVX2 comes to use AVX-512. The runtime discards every method in which the compiler answered the question for AVX-512, where
/// the answer is wrong, and the JIT would compile at the first call all that dispatches to a kernel. So precompiled methods ask for this flag instead: the first calls
/// run precompiled code on every processor, and from then on kernels use AVX-512 where there is any, in methods of their own, which the JIT compiles.
/// </summary>
/// <remarks>
/// The flag turns in the middle of the calls of other threads, and between the parts of a step. Results are the same bits on every instruction set, so that nothing may
/// notice; what calls or parts must agree upon does not depend on it (<see cref="Isa.ComesToAvx512"/>).
/// </remarks>
internal static class LateAvx512
{
    /// <summary>Calls of models before the switch: as many as the runtime counts of a method before it compiles it once more.</summary>
    private const int FirstCalls = 30;

    private static int _calls;

    private static bool _isUsed;

    /// <summary>Whether kernels use AVX-512.</summary>
    public static bool IsUsed
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _isUsed;
    }

    /// <summary>Counts a call of a model. After the first ones nothing is written any more, so that threads do not disturb each other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CountCall()
    {
        if (_calls <= FirstCalls)
        {
            Count();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Count()
    {
        if (Interlocked.Increment(ref _calls) > FirstCalls && Avx512Check.IsInProcessor && Avx512Check.IsInRuntime())
        {
            _isUsed = true;
        }
    }
}
#endif
