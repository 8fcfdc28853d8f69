using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using ModelBuild.Compiler.Data;
using Shouldly;
using Xunit;

namespace ModelBuild.Compiler.Tests.Data;

public sealed class NpzFileTests
{
    [Fact]
    public void Arrays_are_found_by_name_in_the_order_of_the_archive()
    {
        using NpzFile npz = NpzFile.Open(Archive(("second.npy", Array(2, 3)), ("first.npy", Array(1))));

        npz.Names.ShouldBe(["second", "first"]);
        npz.Read("first").ToSingles().ShouldBe([1f]);
        npz.Read("second").ToSingles().ShouldBe([2f, 3f]);
        Should.Throw<KeyNotFoundException>(() => npz.Read("third")).Message.ShouldBe("The archive has no array 'third': it has second, first.");
    }

    [Fact]
    public void Two_arrays_of_the_same_name_are_refused() =>
        Should.Throw<InvalidDataException>(() => NpzFile.Open(Archive(("a.npy", Array(1)), ("a.npy", Array(1))))).Message.ShouldBe("the archive has two arrays named 'a'");

    [Fact]
    public void An_entry_that_is_no_array_is_refused() =>
        Should.Throw<InvalidDataException>(() => NpzFile.Open(Archive(("a.txt", Array(1))))).Message.ShouldBe("the entry 'a.txt' is not an .npy file");

    [Fact]
    public void A_damaged_array_is_named()
    {
        using NpzFile npz = NpzFile.Open(Archive(("a.npy", Array(1)[..100])));
        Should.Throw<InvalidDataException>(() => npz.Read("a")).Message.ShouldBe("array 'a': the file ends within the header");
    }

    private static byte[] Array(params float[] values)
    {
        using MemoryStream stream = new();
        NpyFile.Create<float>(values, values.Length).Write(stream);
        return stream.ToArray();
    }

    private static MemoryStream Archive(params (string Name, byte[] Content)[] entries)
    {
        MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in entries)
            {
                using Stream entry = archive.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        stream.Position = 0;
        return stream;
    }
}
