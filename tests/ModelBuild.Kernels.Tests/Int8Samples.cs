using System;

namespace ModelBuild.Kernels.Tests;

/// <summary>Operands for 8-bit kernels, the same in every run.</summary>
internal static class Int8Samples
{
    /// <summary>Any byte; the extremes are as likely as all others together.</summary>
    public static byte[] Bytes(int length, int seed)
    {
        var random = new Random(seed);
        var values = new byte[length];
        for (var i = 0; i < length; i++)
        {
            values[i] = random.Next(4) switch { 0 => 0, 1 => 255, _ => (byte)random.Next(256) };
        }

        return values;
    }

    /// <summary>Any signed byte; the extremes are as likely as all others together.</summary>
    public static sbyte[] Weights(int length, int seed)
    {
        var random = new Random(seed);
        var values = new sbyte[length];
        for (var i = 0; i < length; i++)
        {
            values[i] = random.Next(4) switch { 0 => -128, 1 => 127, _ => (sbyte)random.Next(-128, 128) };
        }

        return values;
    }

    /// <summary>Integers of up to 20,000 either way.</summary>
    public static int[] Biases(int length, int seed)
    {
        var random = new Random(seed);
        var values = new int[length];
        for (var i = 0; i < length; i++)
        {
            values[i] = random.Next(-20000, 20001);
        }

        return values;
    }

    /// <summary>Factors that spread sums of <paramref name="depth"/> products over about twice the range of a byte; every fourth is a power of two, which makes ties.</summary>
    public static float[] Scales(int length, int depth, int seed)
    {
        var random = new Random(seed);
        var values = new float[length];
        var typical = 1f / (40f * MathF.Sqrt(depth));
        for (var i = 0; i < length; i++)
        {
            values[i] = i % 4 == 3 ? MathF.ScaleB(1f, Math.ILogB(typical)) : typical * (0.5f + random.NextSingle());
        }

        return values;
    }

    /// <summary>Floats between -range and range.</summary>
    public static float[] Floats(int length, float range, int seed)
    {
        var random = new Random(seed);
        var values = new float[length];
        for (var i = 0; i < length; i++)
        {
            values[i] = ((2f * random.NextSingle()) - 1f) * range;
        }

        return values;
    }
}
