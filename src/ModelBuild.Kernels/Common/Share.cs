namespace ModelBuild.Kernels;

/// <summary>
/// The units of work that one part has when some work is cut into parts: units <c>Begin</c> to <c>End</c>, exclusive. The parts of a kernel call together
/// compute every output once, by the same arithmetic as one call for all, so that the number of parts changes no bit.
/// </summary>
/// <param name="Begin">The first unit.</param>
/// <param name="End">The unit after the last; not less than <paramref name="Begin"/>.</param>
internal readonly record struct Share(int Begin, int End)
{
    /// <summary>Values that are cut apart at multiples of this do not share a cache line, unless they are single bits.</summary>
    public const int Line = 64;

    /// <summary>Units of the share.</summary>
    public int Count => End - Begin;

    /// <summary>The share of <paramref name="part"/>: sizes differ by one unit at most.</summary>
    public static Share Of(int units, int part, int parts) => new((int)((long)units * part / parts), (int)((long)units * (part + 1) / parts));

    /// <summary>The same for groups of <paramref name="multiple"/> units that stay together; the last group may be smaller.</summary>
    public static Share Of(int units, int part, int parts, int multiple)
    {
        Share groups = Of((int)(((long)units + multiple - 1) / multiple), part, parts);
        return new Share((int)long.Min((long)groups.Begin * multiple, units), (int)long.Min((long)groups.End * multiple, units));
    }
}
