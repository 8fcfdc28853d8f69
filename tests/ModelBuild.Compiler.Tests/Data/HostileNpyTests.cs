using System;
using System.IO;
using ModelBuild.Compiler.Data;
using Shouldly;
using Xunit;

namespace ModelBuild.Compiler.Tests.Data;

/// <summary>Calibration files come from anywhere: each lie in a header has its own answer, before memory is spent on it.</summary>
public sealed class HostileNpyTests
{
    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", "the array is cut off: the header promises 8 bytes of data and there are 4")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (3,), }", "there is more data after the array, which ends at 3 bytes")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (65536, 65536), }", "the shape (65536, 65536) with 4 bytes an element is too large: at most 2147483591 bytes can be read")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296), }", "the dimension 4294967296 is too large")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }", "the header cannot be read: a number below 2^63 was expected at character 71")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", "the header cannot be read: a number that is not negative was expected at character 51")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", "the element type '|O' is unknown")]
    [InlineData("{'descr': '|O8', 'fortran_order': False, 'shape': (1,), }", "pickled Python objects (element type 'O') cannot be read")]
    [InlineData("{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }", "the element type '<c8' cannot be read")]
    [InlineData("{'descr': '<U0', 'fortran_order': False, 'shape': (2000000000,), }", "the element type '<U0' cannot be read")]
    [InlineData("{'descr': '<f3', 'fortran_order': False, 'shape': (1,), }", "the element type '<f3' cannot be read")]
    [InlineData("{'descr': '<U1', 'fortran_order': False, 'shape': (1,), }", "string 0 holds 0x4030201, which is no Unicode character")]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", "arrays of structures (a descr that is no string) cannot be read")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, }", "the header has no 'shape'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'extra': True}", "the header has the unknown key 'extra'")]
    [InlineData("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", "the header has 'descr' twice")]
    [InlineData("{'descr': '<f4', 'fortran_order': 'no', 'shape': (1,), }", "the header's descr must be a string, fortran_order True or False, and shape a tuple of numbers")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,", "the header cannot be read: a number that is not negative was expected at character 54")]
    [InlineData("{'descr': '<f4, 'fortran_order': False, 'shape': (1,), }", "the header cannot be read: '}' was expected at character 17")]
    [InlineData("__import__('os')", "the header cannot be read: '{' was expected at character 0")]
    public void A_header_that_lies_is_refused_with_the_reason(string dictionary, string message)
    {
        using MemoryStream stream = NpyBytes.File(dictionary, [1, 2, 3, 4]);
        Should.Throw<InvalidDataException>(() => NpyFile.Read(stream)).Message.ShouldBe(message);
    }

    [Fact]
    public void Too_many_dimensions_are_refused()
    {
        string shape = "(" + string.Join(", ", new int[65]) + ")";
        using MemoryStream stream = NpyBytes.File("<f4", shape, []);
        Should.Throw<InvalidDataException>(() => NpyFile.Read(stream)).Message.ShouldBe("the shape has 65 dimensions: more than 64 are refused");
    }

    [Theory]
    [InlineData(new byte[] { }, "not an .npy file: it does not start with \\x93NUMPY")]
    [InlineData(new byte[] { (byte)'P', (byte)'K', 3, 4, 0, 0, 0, 0 }, "not an .npy file: it does not start with \\x93NUMPY")]
    [InlineData(new byte[] { 0x93, 78, 85, 77, 80, 89, 9, 1 }, "the .npy format version 9.1 is unknown: versions 1 to 3 can be read")]
    [InlineData(new byte[] { 0x93, 78, 85, 77, 80, 89, 1, 0, 50 }, "the file ends within the header")]
    [InlineData(new byte[] { 0x93, 78, 85, 77, 80, 89, 1, 0, 50, 0, (byte)'{' }, "the file ends within the header")]
    [InlineData(new byte[] { 0x93, 78, 85, 77, 80, 89, 2, 0, 0xFF, 0xFF, 0xFF, 0xFF }, "the header is 4294967295 bytes long: more than 65536 are refused")]
    public void A_file_without_a_whole_header_is_refused(byte[] file, string message)
    {
        using MemoryStream stream = new(file);
        Should.Throw<InvalidDataException>(() => NpyFile.Read(stream)).Message.ShouldBe(message);
    }

    [Fact]
    public void A_small_file_that_promises_two_gigabytes_costs_little_memory()
    {
        using MemoryStream stream = NpyBytes.File("|u1", "(2000000000,)", [1, 2, 3]);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Should.Throw<InvalidDataException>(() => NpyFile.Read(stream));

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(8 << 20);
    }

    [Fact]
    public void Any_damage_to_a_file_is_read_or_refused_but_never_a_crash()
    {
        using MemoryStream original = new();
        NpyFile.Create<float>([1, 2, 3, 4, 5, 6], 2, 3).Write(original);
        Random random = new(7);
        for (int round = 0; round < 3000; round++)
        {
            byte[] damaged = original.ToArray();
            for (int i = random.Next(1, 4); i > 0; i--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            using MemoryStream stream = new(damaged, 0, random.Next(4) == 0 ? random.Next(damaged.Length) : damaged.Length);
            if (Record.Exception(() => NpyFile.Read(stream)) is { } exception)
            {
                exception.ShouldBeOfType<InvalidDataException>();
            }
        }
    }

    [Fact]
    public void A_path_is_part_of_the_message()
    {
        string path = Path.GetTempFileName();
        try
        {
            Should.Throw<InvalidDataException>(() => NpyFile.Read(path)).Message.ShouldStartWith(path + ": not an .npy file");
            Should.Throw<InvalidDataException>(() => NpzFile.Open(path)).Message.ShouldStartWith(path + ": ");
        }
        finally
        {
            File.Delete(path);
        }
    }
}
