using System;
using System.IO;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels;

/// <summary>
/// The constants of a model, embedded as a resource in the assembly. Up to 4 MB are copied once to aligned memory. More are read where
/// the operating system mapped the assembly, without a copy, where the project allows unsafe code (which reading a pointer needs), and are copied otherwise.
/// </summary>
internal sealed class EmbeddedWeights
{
    private readonly AlignedMemory _copy = new(0);
#if MODELBUILD_UNSAFE
    /// <summary>
    /// Bytes (4 MB). The mapped resource is aligned to 4 bytes or less, so that most vector loads straddle cache lines. On weights that stay in a core's cache
    /// that costs much (a matrix-vector product over 1 MB reads 54 GB/s, aligned 90; Sapphire Rapids, AVX-512), beyond it 5 % and less.
    /// </summary>
    private const int CopyLimit = 4 << 20;

    private readonly unsafe byte* _mapped;
    private readonly int _length;
#endif

    private EmbeddedWeights(Stream stream, int length)
    {
#if MODELBUILD_UNSAFE
        if (length > CopyLimit && stream is UnmanagedMemoryStream memory)
        {
            unsafe
            {
                _mapped = memory.PositionPointer;
                _length = length;
            }

            return;
        }
#endif
        _copy = new AlignedMemory(length);
        stream.ReadExactly(_copy.Bytes);
    }

    private ReadOnlySpan<byte> Bytes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
#if MODELBUILD_UNSAFE
            unsafe
            {
                if (_mapped is not null)
                {
                    return new ReadOnlySpan<byte>(_mapped, _length);
                }
            }
#endif
            return _copy.Bytes;
        }
    }

    /// <summary>Opens the resource <paramref name="name"/>.</summary>
    /// <exception cref="InvalidOperationException">The assembly has no such resource, or one of another length than the class was made for.</exception>
    public static EmbeddedWeights Open(Assembly assembly, string name, int length)
    {
        // The stream of a resource does not own its memory, which stays mapped as long as the assembly is loaded.
        using var stream = assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The weights of the model are missing: assembly {assembly.GetName().Name} has no embedded resource '{name}'.");
        return stream.Length == length
            ? new EmbeddedWeights(stream, length)
            : throw new InvalidOperationException(
                $"The embedded resource '{name}' has {stream.Length} bytes where the model needs {length}: the assembly was built from files that do not belong together. Rebuild it.");
    }

    /// <summary><paramref name="length"/> values of type <typeparamref name="T"/> that begin <paramref name="offset"/> bytes into the weights.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<T> Span<T>(int offset, int length)
        where T : unmanaged
        => MemoryMarshal.Cast<byte, T>(Bytes[offset..])[..length];
}
