using System;
using System.IO;
using System.IO.Compression;
using System.Text;
using Shouldly;
using Xunit;

namespace ModelBuild.Kernels.Tests;

/// <summary>Images made here, and small ones that other encoders made.</summary>
public sealed class ImageDecoderTests
{
    // 11x7 pixels each, and the Adler-32 sum of the pixels that Pillow 9.4 decodes with libjpeg-turbo, libwebp, OpenJPEG and libtiff.
    public static TheoryData<string, string, uint> Samples()
    {
        var data = new TheoryData<string, string, uint>();
        foreach (var (name, stream, sum) in Encoded)
        {
            data.Add(name, stream, sum);
        }

        return data;
    }

    private static readonly (string Name, string Stream, uint Sum)[] Encoded =
    [
        ("jpeg", "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wAARCAAHAAsDASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwClpvhhGx8q1tp4cg2D5M/lRRXn4jFTpwg11v8Ahb/MnKcdXdP4j//Z", 0x15FF6129u),
        ("progressive jpeg", "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wgARCAAHAAsDASEAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAwT/xAAUAQEAAAAAAAAAAAAAAAAAAAAD/9oADAMBAAIQAxAAAAELjT//xAAYEAACAwAAAAAAAAAAAAAAAAAAAQMEFP/aAAgBAQABBQKOsZ0f/8QAFxEAAwEAAAAAAAAAAAAAAAAAAAEEEv/aAAgBAwEBPwGWl5P/xAAYEQACAwAAAAAAAAAAAAAAAAABAgADEf/aAAgBAgEBPwFrFA1p/8QAFBABAAAAAAAAAAAAAAAAAAAAEP/aAAgBAQAGPwI//8QAGBABAQADAAAAAAAAAAAAAAAAAQARMUH/2gAIAQEAAT8hN4Rj1f/aAAwDAQACAAMAAAAQn//EABYRAAMAAAAAAAAAAAAAAAAAAAABIf/aAAgBAwEBPxB6D//EABcRAQADAAAAAAAAAAAAAAAAAAEAEVH/2gAIAQIBAT8QHAt5P//EABcQAAMBAAAAAAAAAAAAAAAAAAARMZH/2gAIAQEAAT8QTAvvD//Z", 0x006760C0u),
        ("lossy webp", "UklGRlYAAABXRUJQVlA4IEoAAADQAQCdASoLAAcAAoBCJbACdAEOuuOHAAD+99fo7P+Htyei5V5GfpQVbQEPsM0noF3H/Jw6LfP/4zzNr9fdf+6u/iI8v/Q2V4L6AA==", 0xE0FC6099u),
        ("lossless webp", "UklGRkAAAABXRUJQVlA4TDMAAAAvCoABAJkyRPQ/NuWP6H9AQds2jMGUP8zuIJgLBZFs0NH3/GmggQRiAjhRhuPlJ6ZgeRwA", 0xF42560ABu),
        ("jpeg2000", "AAAADGpQICANCocKAAAAFGZ0eXBqcDIgAAAAAGpwMiAAAAAtanAyaAAAABZpaGRyAAAABwAAAAsAAwcHAAAAAAAPY29scgEAAAAAABAAAADqanAyY/9P/1EALwAAAAAACwAAAAcAAAAAAAAAAAAAAAsAAAAHAAAAAAAAAAAAAwcBAQcBAQcBAf9SAAwAAAABAAIEBAAB/1wACkBASEhQSEhQ/2QAJQABQ3JlYXRlZCBieSBPcGVuSlBFRyB2ZXJzaW9uIDIuNS4w/5AACgAAAAAAbAAB/5PfgCgJJq0uN9+AKAaqz+wXz7QcCJjI7pGa48PqAwARQ2+j7QQACzt35MPqBY+0Gj8AYBR3r8dzD0IEOyQ/D8HQ2LejgIDH2g0/AGj8AQAj3lW4d98uDdBX+D8nxclv/9k=", 0xF42560ABu),
        ("irreversible jpeg2000", "AAAADGpQICANCocKAAAAFGZ0eXBqcDIgAAAAAGpwMiAAAAAtanAyaAAAABZpaGRyAAAABwAAAAsAAwcHAAAAAAAPY29scgEAAAAAABAAAAF/anAyY/9P/1EALwAAAAAACwAAAAcAAAAAAAAAAAAAAAgAAAAIAAAAAAAAAAAAAwcBAQcBAQcBAf9SAAwAAAABAAMEBAAA/1wAF0JnOGdQZ1BnaFAFUAVQR1fTV9NXYv9kACUAAUNyZWF0ZWQgYnkgT3BlbkpQRUcgdmVyc2lvbiAyLjUuMP+QAAoAAAAAAIkAAf+Tx+wEBuPD8wIFi8PzAgmlw/MCAALho/YCAATPwfgBQfgBQPtAQAMfAxgAw+0FAAz/ZNd/ofaCgAs5g9vCw+0Eg+oEgPkBAA/WUR8PudI/D7HA+cOAIhljPZ6jHKA+QMACup+N3j/A+cTAPhGAI3Iqk0trvRN/FZOm/ZHH/5AACgABAAAAawAB/5PH7AQCvcPzAgWLwfgBAAcvgMfsBATPwfgBAACHw+0DAAJk76H2gYALOd/B9QHPzBIPqAwBPH8MNXrvC6wfgKA+QIACuZ6/w+0Ej8AeH2gYAQzhARS9Kiyy0QMOehv/2Q==", 0xF3EB60AAu),
        ("lzw tiff", "SUkqAHoAAACAAAACgLwKCgCDwmDQuEQyDgASQQAAWCxSJxWMReNRaOAAkRIFQWQgCRyWRSeSSgFAA2RIHwWXgCYzOYTWZTYHgBIRIKQWegCf0GfUOgUQKABaRIMwWlgCm0+mVGnVIMgBsRIPQWsgCt12tV+uWAPQEAALAAABAwABAAAACwAAAAEBAwABAAAABwAAAAIBAwADAAAABAEAAAMBAwABAAAABQAAAAYBAwABAAAAAgAAABEBBAABAAAACAAAABUBAwABAAAAAwAAABYBAwABAAAABwAAABcBBAABAAAAcQAAABwBAwABAAAAAQAAAD0BAwABAAAAAgAAAAAAAAAIAAgACAA=", 0xF42560ABu),
    ];

    [Theory]
    [MemberData(nameof(Samples))]
    public void An_image_of_another_encoder_has_the_pixels_of_its_decoder(string name, string stream, uint sum)
    {
        var size = new long[2];
        var bytes = Convert.FromBase64String(stream);
        ImageDecoder.Size(bytes, size);
        size.ShouldBe([7L, 11L], name);
        var pixels = new Guarded<byte>(7 * 11 * 3);
        ImageDecoder.Run(bytes, pixels.Span, ImageDecoder.Rgb);
        pixels.AssertIntact();
        Adler(pixels.Span).ShouldBe(sum, name);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_damaged_image_is_refused_or_decoded_and_nothing_else(string name, string stream, uint sum)
    {
        _ = sum;
        var random = new Random(name.Length);
        var whole = Convert.FromBase64String(stream);
        for (var i = 0; i < 300; i++)
        {
            var damaged = i % 4 == 0 ? whole[..random.Next(whole.Length)] : (byte[])whole.Clone();
            for (var k = i % 4; k > 0 && damaged.Length > 0; k--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            try
            {
                ImageDecoder.Read(damaged).Pixels.ShouldNotBeEmpty();
            }
            catch (FormatException exception)
            {
                exception.Message.ShouldNotBeEmpty();
            }
        }
    }

    [Fact]
    public void What_cannot_be_decoded_is_empty()
    {
        var size = new long[] { 5, 5 };
        ImageDecoder.Size("no image"u8, size);
        size.ShouldBe([0L, 0L]);
        ImageDecoder.Size([], size);
        size.ShouldBe([0L, 0L]);
        ImageDecoder.Run([], [], ImageDecoder.Rgb);
    }

    [Fact]
    public void A_pixel_can_be_red_green_and_blue_or_the_reverse_or_gray()
    {
        var image = Encoding.ASCII.GetBytes("P3 # colours\n2 1 255  255 0 10  7 7 7");
        Run(image, 2, ImageDecoder.Rgb).ShouldBe([255, 0, 10, 7, 7, 7]);
        Run(image, 2, ImageDecoder.Bgr).ShouldBe([10, 0, 255, 7, 7, 7]);
        Run(image, 2, ImageDecoder.Grayscale, channels: 1).ShouldBe([77, 7]);
    }

    [Theory]
    [InlineData("P1 4 1 0110", new byte[] { 255, 0, 0, 255 })]
    [InlineData("P2 4 1 4 0 1 2 4", new byte[] { 0, 64, 128, 255 })]
    [InlineData("P5 4 1 255\n0AZz", new byte[] { 48, 65, 90, 122 })]
    public void Portable_images_are_texts_or_bytes(string image, byte[] gray) => Run(Encoding.ASCII.GetBytes(image), 4, ImageDecoder.Grayscale, channels: 1).ShouldBe(gray);

    [Fact]
    public void A_bitmap_of_run_lengths_starts_at_the_bottom()
    {
        // Two rows of four pixels: three of colour 1 and one of 0; then, above, four as they are.
        byte[] runs = [3, 1, 1, 0, 0, 0, 0, 4, 0, 1, 0, 1, 0, 1];
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write("BM"u8);
        int[] header = [0, 0, 14 + 40 + 8, 40, 4, 2, 1 | (8 << 16), 1, runs.Length, 0, 0, 2, 0, 0x102030, 0xA0B0C0];
        foreach (var value in header)
        {
            writer.Write(value);
        }

        writer.Write(runs);
        var image = ImageDecoder.Read(stream.ToArray());
        image.Row(0)[..6].ToArray().ShouldBe([0x10, 0x20, 0x30, 0xA0, 0xB0, 0xC0]);
        image.Row(1).ToArray().ShouldBe([0xA0, 0xB0, 0xC0, 0xA0, 0xB0, 0xC0, 0xA0, 0xB0, 0xC0, 0x10, 0x20, 0x30]);
    }

    [Fact]
    public void Data_of_every_level_is_inflated_as_it_was()
    {
        var plain = new byte[70_000];
        for (var i = 0; i < plain.Length; i++)
        {
            plain[i] = (byte)((i * i) >> 7);
        }

        foreach (var level in new[] { CompressionLevel.NoCompression, CompressionLevel.Fastest, CompressionLevel.SmallestSize })
        {
            using var stream = new MemoryStream();
            using (var zlib = new ZLibStream(stream, level, leaveOpen: true))
            {
                zlib.Write(plain);
            }

            var output = new byte[plain.Length];
            Inflater.Run(stream.ToArray(), output).ShouldBe(plain.Length);
            output.ShouldBe(plain);
        }
    }

    private static byte[] Run(byte[] stream, int pixels, int format, int channels = 3)
    {
        var image = new byte[pixels * channels];
        ImageDecoder.Run(stream, image, format);
        return image;
    }

    private static uint Adler(ReadOnlySpan<byte> bytes)
    {
        (uint low, uint high) = (1, 0);
        foreach (var value in bytes)
        {
            low = (low + value) % 65521;
            high = (high + low) % 65521;
        }

        return (high << 16) | low;
    }
}
