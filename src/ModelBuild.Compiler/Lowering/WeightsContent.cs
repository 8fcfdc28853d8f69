using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using ModelBuild.Compiler.Memory;

namespace ModelBuild.Compiler.Lowering;

/// <summary>
/// What stands in a weights file: constants, each at a multiple of 64 bytes, with zeros between. Equal ones stand there once. They are not copied: a model of 1 GB is
/// not held in memory once more to be written.
/// </summary>
internal sealed class WeightsContent
{
    private const int Alignment = MemoryPlanner.Alignment;

    private readonly List<(long Offset, ReadOnlyMemory<byte> Bytes)> _parts = [];
    private readonly Dictionary<string, long> _offsets = new(StringComparer.Ordinal);

    /// <summary>Bytes of the file.</summary>
    public long Length { get; private set; }

    /// <summary>Adds a constant, unless an equal one is there.</summary>
    /// <returns>Where it begins.</returns>
    public long Add(ReadOnlyMemory<byte> bytes)
    {
        var hash = Convert.ToHexString(SHA256.HashData(bytes.Span));
        if (!_offsets.TryGetValue(hash, out var offset))
        {
            offset = checked(Length + Alignment - 1) / Alignment * Alignment;
            _offsets[hash] = offset;
            _parts.Add((offset, bytes));
            Length = offset + bytes.Length;
        }

        return offset;
    }

    /// <summary>SHA-256 of the file, in lower-case hexadecimal.</summary>
    public string Sha256()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        ForEachPart(hash.AppendData);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public void WriteTo(Stream stream) => ForEachPart(stream.Write);

    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        WriteTo(new MemoryStream(bytes));
        return bytes;
    }

    private void ForEachPart(Action<ReadOnlySpan<byte>> write)
    {
        ReadOnlySpan<byte> zeros = stackalloc byte[Alignment];
        var end = 0L;
        foreach (var (offset, bytes) in _parts)
        {
            write(zeros[..(int)(offset - end)]);
            write(bytes.Span);
            end = offset + bytes.Length;
        }
    }
}
