using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ModelBuild.Onnx.Diagnostics;
using Shouldly;
using Xunit;

namespace ModelBuild.Onnx.Tests;

/// <summary>Damages models at random, from fixed seeds: reading ends with a model or with errors, whatever the bytes are.</summary>
public sealed class DamagedModelTests
{
    // Larger models only make the test slower: most of their bytes are weights, which nothing looks into.
    private const int LargestFile = 64 << 10;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_damaged_model_gives_a_model_or_errors(int seed) => Damage([BuiltModel()], seed, timesEach: 3000);

    [SkippableFact]
    public void A_damaged_real_model_gives_a_model_or_errors()
    {
        List<byte[]> files = [.. RealModelFiles.Require().Where(path => new FileInfo(path).Length <= LargestFile).Select(File.ReadAllBytes)];
        Skip.If(files.Count == 0, "test data has no small model");
        Damage(files, seed: 4, timesEach: 50);
    }

    [Fact]
    public void Every_truncation_is_noticed_or_leaves_a_readable_model()
    {
        byte[] bytes = BuiltModel();
        for (int length = 0; length < bytes.Length; length++)
        {
            Read(bytes[..length], $"truncated to {length} bytes");
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public void Random_bytes_give_errors(int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < 3000; i++)
        {
            byte[] bytes = new byte[random.Next(1, 200)];
            random.NextBytes(bytes);
            Read(bytes, $"seed {seed}, case {i}").ShouldBeNull();
        }
    }

    private static void Damage(List<byte[]> files, int seed, int timesEach)
    {
        var random = new Random(seed);
        for (int file = 0; file < files.Count; file++)
        {
            for (int i = 0; i < timesEach; i++)
            {
                Read(Damage(files[file], random), $"seed {seed}, file {file}, case {i}");
            }
        }
    }

    private static byte[] Damage(byte[] original, Random random)
    {
        byte[] bytes = [.. original];
        for (int change = random.Next(1, 6); change > 0 && bytes.Length > 1; change--)
        {
            int at = random.Next(bytes.Length);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes[at] = random.Next(2) == 0 ? (byte)0xff : (byte)0x80;
                    break;
                case 3:
                    bytes = bytes[..at];
                    break;
                case 4:
                    bytes = [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + random.Next(1, 20))..]];
                    break;
                default:
                    bytes = [.. bytes[..at], .. bytes[at..Math.Min(bytes.Length, at + random.Next(1, 50))], .. bytes[at..]];
                    break;
            }
        }

        return bytes;
    }

    private static OnnxModel? Read(byte[] bytes, string what)
    {
        var sink = new DiagnosticSink();
        OnnxModel? model;
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            model = OnnxReader.Read(bytes, "damaged.onnx", sink);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"Reading threw: {what}. The file: {Convert.ToBase64String(bytes)}", e);
        }

        // However large the lengths and dimensions that a damaged file claims: memory follows the file's own size.
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        allocated.ShouldBeLessThan((200L * bytes.Length) + 2_000_000, what);
        (model is null).ShouldBe(sink.HasErrors, what);
        if (model is not null)
        {
            // What is accepted can also be written.
            OnnxWriter.Write(model, Stream.Null);
        }

        return model;
    }

    private static byte[] BuiltModel()
    {
        using var stream = new MemoryStream();
        OnnxWriter.Write(FullModel.Create(), stream);
        return stream.ToArray();
    }
}
