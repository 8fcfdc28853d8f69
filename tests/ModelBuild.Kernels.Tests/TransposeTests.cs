using System;
using System.Runtime.InteropServices;
using Xunit;

namespace ModelBuild.Kernels.Tests;

/// <summary>Planes of all sizes around those of blocks and tiles move unchanged, whatever the size of an element.</summary>
public class TransposeTests
{
    private static readonly int[] Sizes = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 24, 31, 64, 65, 71];

    public static TheoryData<int> Levels => IsaLevels.Theory;

    [Theory]
    [MemberData(nameof(Levels))]
    public void Matrices_of_bytes(int isa) => All<byte>((IsaLevel)isa);

    [Theory]
    [MemberData(nameof(Levels))]
    public void Matrices_of_2_byte_elements(int isa) => All<short>((IsaLevel)isa);

    [Theory]
    [MemberData(nameof(Levels))]
    public void Matrices_of_4_byte_elements(int isa) => All<float>((IsaLevel)isa);

    [Theory]
    [MemberData(nameof(Levels))]
    public void Matrices_of_8_byte_elements(int isa) => All<double>((IsaLevel)isa);

    [Theory]
    [MemberData(nameof(Levels))]
    public void Rows_that_compete_for_places_in_the_cache(int isa)
    {
        Check<byte>((IsaLevel)isa, 1, 67, 1024);
        Check<float>((IsaLevel)isa, 1, 67, 1024);
        Check<short>((IsaLevel)isa, 1, 1024, 35);
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Planes_are_padded_as_pixels(int isa)
    {
        foreach (var (height, width, channels, top, left, bottom, right) in new[]
        {
            (5, 7, 3, 1, 1, 1, 1), (4, 33, 3, 0, 0, 1, 1), (3, 8, 8, 2, 3, 0, 1), (2, 17, 19, 0, 1, 0, 0), (1, 1, 2, 1, 0, 0, 2), (3, 0, 3, 1, 1, 1, 1), (0, 3, 3, 1, 2, 1, 0), (0, 3, 3, 1, 2, 0, 0),
        })
        {
            const int Batch = 2;
            var x = new Guarded<float>(Batch * channels * height * width);
            new Random(width).NextBytes(MemoryMarshal.AsBytes(x.Span));
            var pixels = new float[x.Span.Length];
            for (var i = 0; i < pixels.Length; i++)
            {
                var (image, pixel, channel) = (i / (height * width * channels), i / channels % (height * width), i % channels);
                pixels[i] = x.Span[(((image * channels) + channel) * height * width) + pixel];
            }

            var expected = new float[Batch * (top + height + bottom) * (left + width + right) * channels];
            PadNhwc.Run<float>(pixels, expected, -3, Batch, height, width, channels, top, left, bottom, right);
            var y = new Guarded<float>(expected.Length);
            PadPlanes.RunOn<float>((IsaLevel)isa, x.Span, y.Span, -3, Batch, height, width, channels, top, left, bottom, right);
            Bits.ShouldEqual<float>(y.Span, expected, $"{height}x{width}x{channels}");
            y.AssertIntact($"{height}x{width}x{channels}");
        }
    }

    private static void All<T>(IsaLevel isa)
        where T : unmanaged
    {
        foreach (var rows in Sizes)
        {
            foreach (var columns in Sizes)
            {
                Check<T>(isa, 2, rows, columns);
            }
        }
    }

    // [planes, rows, columns] becomes [planes, columns, rows], and [rows, planes, columns] becomes [columns, planes, rows].
    private static void Check<T>(IsaLevel isa, int planes, int rows, int columns)
        where T : unmanaged
    {
        var count = planes * rows * columns;
        var x = new Guarded<T>(count);
        new Random(count).NextBytes(MemoryMarshal.AsBytes(x.Span));
        var (inner, outer) = (new T[count], new T[count]);
        for (var plane = 0; plane < planes; plane++)
        {
            for (var row = 0; row < rows; row++)
            {
                for (var column = 0; column < columns; column++)
                {
                    inner[(((plane * columns) + column) * rows) + row] = x.Span[(((plane * rows) + row) * columns) + column];
                    outer[(((column * planes) + plane) * rows) + row] = x.Span[(((row * planes) + plane) * columns) + column];
                }
            }
        }

        ShouldBe(isa, x, inner, new TransposeShape(3, planes, rows, columns, P0: 0, P1: 2, P2: 1));
        ShouldBe(isa, x, outer, new TransposeShape(3, rows, planes, columns, P0: 2, P1: 1, P2: 0));
    }

    private static void ShouldBe<T>(IsaLevel isa, Guarded<T> x, T[] expected, TransposeShape shape)
        where T : unmanaged
    {
        var y = new Guarded<T>(expected.Length);
        Transpose.RunOn<T>(isa, x.Span, y.Span, in shape);
        Bits.ShouldEqual<byte>(MemoryMarshal.AsBytes(y.Span), MemoryMarshal.AsBytes<T>(expected), $"{typeof(T).Name} at {isa}: {shape}");
        y.AssertIntact();
    }
}
