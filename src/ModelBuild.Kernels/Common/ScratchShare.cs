using System;

namespace ModelBuild.Kernels;

/// <summary>
/// How parts divide a scratch buffer: into slices of one length, each of which starts at a cache line of its own. Where slices for all parts would be too short,
/// fewer parts have the work, and the others are idle.
/// </summary>
/// <param name="Begin">The first byte of the part's slice.</param>
/// <param name="Length">Bytes of the slice.</param>
/// <param name="Part">The part's number among those that work.</param>
/// <param name="Parts">How many parts work: the same for every part of a call.</param>
internal readonly record struct ScratchShare(int Begin, int Length, int Part, int Parts)
{
    /// <summary>Whether other parts have all of the work.</summary>
    public bool IsIdle => Part >= Parts;

    /// <summary>The share of <paramref name="part"/> of <paramref name="length"/> bytes, where a part that works needs <paramref name="least"/>.</summary>
    public static ScratchShare Of(int length, int least, int part, int parts)
    {
        int wholeLines = (least + Share.Line - 1) & -Share.Line;
        int working = wholeLines == 0 ? parts : int.Clamp(length / wholeLines, 1, parts);
        int slice = working == 1 ? length : length / working & -Share.Line;
        return part < working ? new ScratchShare(part * slice, slice, part, working) : new ScratchShare(0, 0, part, working);
    }

    /// <summary>The part's slice of the buffer.</summary>
    public Span<byte> Of(Span<byte> scratch) => scratch.Slice(Begin, Length);
}
