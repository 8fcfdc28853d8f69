using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelBuild.Kernels.Tests;

/// <summary>
/// A read-only buffer that ends where readable memory ends, so that a kernel that reads one byte too far crashes the test run even where the byte would not
/// change its result (8-bit kernels multiply such bytes by zero). On systems other than Linux it is an ordinary buffer.
/// </summary>
internal sealed class PageEnd : IDisposable
{
    private const int PageBytes = 4096;
    private const int ProtectNone = 0;
    private const int ProtectReadWrite = 3;
    private const int MapPrivateAnonymous = 0x22;

    private readonly nint mapping;
    private readonly nuint mappedBytes;
    private readonly byte[] fallback = [];
    private readonly int length;

    public PageEnd(ReadOnlySpan<byte> values)
    {
        length = values.Length;
        if (!OperatingSystem.IsLinux())
        {
            fallback = values.ToArray();
            return;
        }

        var pages = (length + PageBytes - 1) / PageBytes * PageBytes;
        mappedBytes = (nuint)(pages + PageBytes);
        mapping = Map(0, mappedBytes, ProtectReadWrite, MapPrivateAnonymous, -1, 0);
        if (mapping == -1 || Protect(mapping + pages, PageBytes, ProtectNone) != 0)
        {
            throw new InvalidOperationException("cannot map memory");
        }

        values.CopyTo(Bytes(pages - length));
    }

    public ReadOnlySpan<byte> Span => OperatingSystem.IsLinux() ? Bytes((int)mappedBytes - PageBytes - length) : fallback;

    public void Dispose()
    {
        if (mappedBytes != 0)
        {
            _ = Unmap(mapping, mappedBytes);
        }
    }

    private Span<byte> Bytes(int offset) => MemoryMarshal.CreateSpan(ref Unsafe.AddByteOffset(ref Unsafe.NullRef<byte>(), mapping + offset), length);

    [DllImport("libc", EntryPoint = "mmap", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [DllImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Protect(nint address, nuint length, int protection);

    [DllImport("libc", EntryPoint = "munmap", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Unmap(nint address, nuint length);
}
