using System;

namespace SampleApp;

/// <summary>Handwritten digits of 28 x 28 gray pixels, with their labels.</summary>
internal sealed class DigitSet
{
    private const int PixelCount = 28 * 28;

    // What the network was trained on: pixels from 0 to 1, shifted and scaled to mean 0 and deviation 1.
    private const float Mean = 0.1307f;
    private const float Deviation = 0.3081f;

    private readonly byte[] _pixels;
    private readonly float[] _inputs;

    private DigitSet(byte[] pixels, byte[] labels)
    {
        _pixels = pixels;
        Labels = labels;
        _inputs = Array.ConvertAll(pixels, pixel => ((pixel / 255f) - Mean) / Deviation);
    }

    public int Count => Labels.Length;

    public byte[] Labels { get; }

    public static DigitSet Load() => new(ReadNpy("images.npy"), ReadNpy("labels.npy"));

    /// <summary>28 rows of 28 pixels, 0 for paper to 255 for ink.</summary>
    public ReadOnlySpan<byte> Pixels(int index) => _pixels.AsSpan(index * PixelCount, PixelCount);

    /// <summary>The same as the network takes it.</summary>
    public ReadOnlySpan<float> Input(int index) => _inputs.AsSpan(index * PixelCount, PixelCount);

    // An .npy file of bytes: a header whose length stands at offset 8, then the values.
    private static byte[] ReadNpy(string name)
    {
        using var stream = typeof(DigitSet).Assembly.GetManifestResourceStream(name)!;
        var file = new byte[stream.Length];
        stream.ReadExactly(file);
        return file[(10 + BitConverter.ToUInt16(file, 8))..];
    }
}
