using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using FsCheck;
using FsCheck.Fluent;
using ModelBuild.Compiler.Data;
using Shouldly;
using Xunit;

namespace ModelBuild.Compiler.Tests.Data;

public sealed class NpyFileTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_format_version_is_read(byte version)
    {
        using MemoryStream stream = NpyBytes.File(
            "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", NpyBytes.LittleEndian(1, -2, 3.5f), version);

        NpyFile array = NpyFile.Read(stream);

        array.Type.ShouldBe(NpyType.Float32);
        array.Shape.ShouldBe([3]);
        array.Values<float>().ToArray().ShouldBe([1f, -2f, 3.5f]);
    }

    [Fact]
    public void A_scalar_has_no_dimensions_and_one_element()
    {
        using MemoryStream stream = NpyBytes.File("<f4", "()", NpyBytes.LittleEndian(42));

        NpyFile array = NpyFile.Read(stream);

        array.Shape.ShouldBeEmpty();
        array.Length.ShouldBe(1);
        array.ToSingles().ShouldBe([42f]);
    }

    [Theory]
    [InlineData("|b1", new byte[] { 0, 1, 7 }, new float[] { 0, 1, 1 })]
    [InlineData("|u1", new byte[] { 0, 200 }, new float[] { 0, 200 })]
    [InlineData("<u2", new byte[] { 1, 2 }, new float[] { 0x0201 })]
    [InlineData("<u4", new byte[] { 0, 0, 1, 0 }, new float[] { 65536 })]
    [InlineData("<u8", new byte[] { 5, 0, 0, 0, 0, 0, 0, 0x80 }, new float[] { 9.223372e18f })]
    [InlineData("|i1", new byte[] { 0xFF, 0x7F }, new float[] { -1, 127 })]
    [InlineData("<i2", new byte[] { 0xFE, 0xFF }, new float[] { -2 })]
    [InlineData("<i4", new byte[] { 0xFD, 0xFF, 0xFF, 0xFF }, new float[] { -3 })]
    [InlineData("<i8", new byte[] { 0xFC, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF }, new float[] { -4 })]
    [InlineData("<f2", new byte[] { 0x00, 0xC0 }, new float[] { -2 })]
    [InlineData("<f8", new byte[] { 0, 0, 0, 0, 0, 0, 0xF8, 0x3F }, new float[] { 1.5f })]
    [InlineData(">u2", new byte[] { 1, 2 }, new float[] { 0x0102 })]
    [InlineData(">f4", new byte[] { 0x40, 0x60, 0, 0, 0xC0, 0, 0, 0 }, new float[] { 3.5f, -2 })]
    [InlineData(">f8", new byte[] { 0x3F, 0xF8, 0, 0, 0, 0, 0, 0 }, new float[] { 1.5f })]
    public void Every_element_type_becomes_floats(string descr, byte[] data, float[] expected)
    {
        using MemoryStream stream = NpyBytes.File(descr, $"({expected.Length},)", data);
        NpyFile.Read(stream).ToSingles().ShouldBe(expected);
    }

    [Fact]
    public void A_column_major_array_becomes_row_major()
    {
        // element [i, j, k] of shape (2, 3, 4) is 100 i + 10 j + k; the first index runs fastest in the file
        byte[] file = [.. from k in Enumerable.Range(0, 4) from j in Enumerable.Range(0, 3) from i in Enumerable.Range(0, 2) select (byte)((100 * i) + (10 * j) + k)];
        byte[] expected = [.. from i in Enumerable.Range(0, 2) from j in Enumerable.Range(0, 3) from k in Enumerable.Range(0, 4) select (byte)((100 * i) + (10 * j) + k)];
        using MemoryStream stream = NpyBytes.File("|u1", "(2, 3, 4)", file, fortranOrder: true);

        NpyFile.Read(stream).Values<byte>().ToArray().ShouldBe(expected);
    }

    [Theory]
    [InlineData("<U3", new byte[] { (byte)'a', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x00, 0xF6, 0x01, 0, (byte)'b', 0, 0, 0, (byte)'c', 0, 0, 0 })]
    [InlineData(">U3", new byte[] { 0, 0, 0, (byte)'a', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x01, 0xF6, 0x00, 0, 0, 0, (byte)'b', 0, 0, 0, (byte)'c' })]
    [InlineData("|S6", new byte[] { (byte)'a', 0, 0, 0, 0, 0, 0xF0, 0x9F, 0x98, 0x80, (byte)'b', (byte)'c' })]
    public void Strings_lose_their_padding(string descr, byte[] data)
    {
        using MemoryStream stream = NpyBytes.File(descr, "(2,)", data);
        NpyFile.Read(stream).Strings.ShouldBe(["a", "\U0001F600bc"]);
    }

    [Fact]
    public void An_array_without_elements_keeps_its_shape()
    {
        using MemoryStream stream = NpyBytes.File("<f4", "(0, 5)", []);
        NpyFile array = NpyFile.Read(stream);
        array.Shape.ShouldBe([0, 5]);
        array.Length.ShouldBe(0);
    }

    [Fact]
    public void What_is_written_reads_back_the_same()
    {
        Prop.ForAll<float[], int[], string[]>((floats, ints, strings) =>
        {
            string[] texts = [.. strings.Select(s => new string([.. (s ?? string.Empty).Where(char.IsAsciiLetterOrDigit)]))];
            NpyFile a = RoundTrip(NpyFile.Create<float>(floats, floats.Length));
            NpyFile b = RoundTrip(NpyFile.Create<int>(ints, 1, ints.Length, 1));
            NpyFile c = RoundTrip(NpyFile.Create(texts, texts.Length));
            return MemoryMarshal.AsBytes(a.Values<float>()).SequenceEqual(MemoryMarshal.AsBytes<float>(floats))
                && b.Values<int>().SequenceEqual(ints) && b.Shape.SequenceEqual([1, ints.Length, 1])
                && c.Strings.SequenceEqual(texts);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_data_of_a_written_file_is_aligned_to_64_bytes()
    {
        using MemoryStream stream = new();
        NpyFile.Create<byte>([1, 2, 3], 3).Write(stream);
        (stream.Length % 64).ShouldBe(3);
    }

    [Fact]
    public void Values_of_another_type_are_refused()
    {
        NpyFile array = NpyFile.Create<float>([1, 2], 2);
        Should.Throw<InvalidOperationException>(() => array.Values<int>().Length).Message.ShouldBe("The array holds Float32, not Int32.");
    }

    private static NpyFile RoundTrip(NpyFile array)
    {
        using MemoryStream stream = new();
        array.Write(stream);
        stream.Position = 0;
        return NpyFile.Read(stream);
    }
}
