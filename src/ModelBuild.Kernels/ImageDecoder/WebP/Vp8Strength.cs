using System;

namespace ModelBuild.Kernels;

/// <summary>How a macroblock is filtered (RFC 6386, section 15).</summary>
/// <param name="Level">The largest difference across an inner edge that is smoothed; 0 for none.</param>
/// <param name="Inner">The largest difference between neighbours besides.</param>
/// <param name="High">The difference from which on an edge is one of the picture.</param>
/// <param name="IsInner">Whether the edges within are filtered.</param>
internal readonly record struct Vp8Strength(int Level, int Inner, int High, bool IsInner)
{
    /// <summary>What a frame and a segment say.</summary>
    public static Vp8Strength Of(Vp8Header header, int segmentLevel, bool isWhole, bool isInner)
    {
        int level = Math.Clamp(segmentLevel + header.LevelChanges.Frame + (isWhole ? 0 : header.LevelChanges.Blocks), 0, 63);
        if (level == 0)
        {
            return default;
        }

        int inner = level;
        if (header.Sharpness > 0)
        {
            inner = Math.Min(level >> (header.Sharpness > 4 ? 2 : 1), 9 - header.Sharpness);
        }

        inner = Math.Max(inner, 1);
        return new Vp8Strength((2 * level) + inner, inner, level >= 40 ? 2 : level >= 15 ? 1 : 0, isInner);
    }
}
